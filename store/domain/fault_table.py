"""The words of callers that mean one thing, in both languages; `_` stands for a space."""

from __future__ import annotations

import re
from typing import Final

TRADES: Final = {
    "lift": "lift",
    "escalator": "lift",
    "air": "climate",
    "heating": "climate",
    "warm": "climate",
    "cold": "climate",
    "no wind": "climate",
    "dark": "power",
    "light": "power",
    "wiring": "power",
    "leak": "water",
    "dry": "water",
    "toilet": "water",
    "hot water": "water",
    "water": "water",
    "pipe": "water",
    "fire": "fire",
    "entry": "entry",
}
"""Whose work a thing is: two texts that speak of different trades speak of different faults."""

THINGS: Final = {
    "lift": "电梯 升降机 客梯 货梯 直梯 观光梯 轿厢 梯 lift lifts elevator elevators",
    "escalator": "自动扶梯 扶梯 escalator escalators",
    "air": "空调 冷气 冷机 ac a/c aircon air_con air_conditioning air_conditioner hvac chiller",
    "heating": "暖气片 暖气 供暖 地暖 采暖 heating radiator radiators boiler",
    "warm": (
        "不制冷 制冷效果差 制冷不好 不够冷 不够凉 不冷 不凉 太热 闷热 高温 很热 "
        "热死 吹热风 "
        "not_cooling no_cooling not_cold hot warm stuffy"
    ),
    "cold": "不制热 不热 不暖 冰凉 太冷 很冷 冷 cold freezing chilly",
    "no wind": "不出风 没有风 没风 no_air no_airflow",
    "dark": (
        "停电 没电 没有电 断电 无电 跳闸 掉闸 全黑 都黑 黑了 "
        "power_out power_cut no_power outage power_outage no_electricity blackout power_failure "
        "power_off lost_power tripped trips tripping dark"
    ),
    "light": "灯光 灯 照明 light lights lamp lamps lighting",
    "flicker": "一闪一闪 闪烁 频闪 闪 flicker flickers flickering",
    "wiring": "插座 配电箱 配电 电箱 开关 电线 socket sockets breaker fuse switchboard",
    "hot water": "热水器 热水 hot_water",
    "leak": (
        "漏水 滴水 渗水 冒水 积水 进水 泡水 返水 溢水 水流 滴漏 漏 渗 淹 "
        "leak leaks leaking leakage drip drips dripping water_coming water_on_the flooded "
        "flooding overflow overflows overflowing"
    ),
    "dry": "停水 没水 没有水 断水 自来水停 no_water",
    "toilet": "厕所 卫生间 洗手间 男厕 女厕 马桶 便池 toilet toilets wc restroom bathroom",
    "pipe": "水管 管道 管子 pipe pipes",
    "water": "水龙头 龙头 水压 自来水 洗手池 water tap sink",
    "fire": "消防 烟感 喷淋 火警 冒烟 着火 焦味 fire smoke sprinkler",
    "entry": "门禁 道闸 闸机 门锁 卷帘门 door_access access_reader barrier lock gate gates shutter",
    "door": "门 door doors",
    "stuck": "困人 关人 被困 困住 困 出不来 卡在 卡住 卡 stuck trapped jammed cannot_get_out",
    "dead": (
        "坏了 坏 故障 停运 停在 停了 停止 不动 不走 不转 不亮 失灵 没反应 "
        "不工作 不能用 用不了 异常 停 "
        "out_of_order out_of_service not_working not_work not_moving won't_move stopped broken "
        "down dead fault faulty fails failed"
    ),
    "noise": "异响 噪音 噪声 声音很大 声音大 响声 noise noisy grinding",
    "blocked": "堵塞 堵了 堵住 堵 不通 下水慢 不下水 blocked clogged not_drain slow_drain",
    "burst": "爆裂 爆管 爆 burst",
    "open": "关不上 关不紧 打不开 开不了 不开门 not_close not_closing not_open not_opening",
}

ASKS: Final = re.compile(
    "又|还|再|仍|催|一直|尽快|赶紧|快点|什么时候|几点|多久|越来越|怎么没|"
    "怎么样|修得|进度|到哪|好了吗|好了没|来人|派人|没修好|"
    r"\b(?:"
    "again|still|yet|when|where is|waiting|nobody|anybody|somebody|getting worse|"
    "hurry|soon|any news|update|how long|status|eta"
    r")\b"
)
"""Said by who asks after something: it tells nothing of what that is."""

_IDLE: Final = (
    "a an and any are at be been between by can could does everything for from has have "
    "here i in inside is it its keeps me my n nd no not of off on one or our out please rd "
    "since so some somebody someone somewhere st th that the there they this three through "
    "to two up us very was we went what whole will with you your "
)
IDLE: Final = frozenset(_IDLE.split())
IDLE_HAN: Final = re.compile(
    "[的了是在和与有没被把请我们那里这吗呢吧呀啊很都也就到去来从上下面着给让跟人名之间]+"
)
"""Words that any text has."""
