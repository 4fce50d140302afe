"""Names and faults that a made-up desk is peopled with, in both languages."""

from __future__ import annotations

SURNAMES = (
    *(("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang")),
    *(("赵", "Zhao"), ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun")),
    *(("马", "Ma"), ("朱", "Zhu"), ("胡", "Hu"), ("郭", "Guo"), ("何", "He"), ("林", "Lin")),
    *(
        ("罗", "Luo"),
        ("高", "Gao"),
        ("郑", "Zheng"),
        ("梁", "Liang"),
        ("谢", "Xie"),
        ("宋", "Song"),
    ),
)
GIVEN = (
    *(("伟", "Wei"), ("芳", "Fang"), ("强", "Qiang"), ("敏", "Min"), ("磊", "Lei"), ("静", "Jing")),
    *(("军", "Jun"), ("洋", "Yang"), ("勇", "Yong"), ("艳", "Yan"), ("杰", "Jie"), ("涛", "Tao")),
    *(("明", "Ming"), ("超", "Chao"), ("秀英", "Xiuying"), ("霞", "Xia"), ("平", "Ping")),
    *(("刚", "Gang"), ("桂英", "Guiying"), ("文", "Wen"), ("建国", "Jianguo"), ("鹏", "Peng")),
)
ENGLISH = (
    *("Ana Silva", "Tom Becker", "Maria Rossi", "James Doyle", "Aisha Khan", "Peter Novak"),
    *("Lucy Grant", "Omar Haddad", "Sofia Lopez", "Ben Carter", "Nina Petrov", "David Osei"),
)


def chinese(number: int, language: str) -> str:
    """The n-th Chinese name, in characters for Chinese readers, else in pinyin."""
    family, given = SURNAMES[number % len(SURNAMES)], GIVEN[number // 3 % len(GIVEN)]
    return f"{family[0]}{given[0]}" if language.startswith("zh") else f"{family[1]} {given[1]}"


TRADES = ("lift", "hvac", "power", "water", "fire", "doors", "network", "building")
"""Skill codes; also the kinds of made-up orders."""

FAULTS: dict[str, tuple[str, ...]] = {
    "lift": (
        "电梯停在3层不动",
        "电梯异响",
        "Lift stuck between floors",
        "Lift door will not close",
    ),
    "hvac": ("空调不制冷", "新风机组漏水", "No heating on floor 5", "Chiller alarm in plant room"),
    "power": ("配电房跳闸", "办公区停电", "Breaker trips again", "Emergency light is out"),
    "water": ("卫生间漏水", "水泵压力不足", "Burst pipe in the basement", "No hot water"),
    "fire": ("烟感误报", "消防泵无法启动", "Sprinkler head leaks", "Fire panel shows a fault"),
    "doors": ("门禁刷卡无反应", "自动门关不上", "Badge reader is dead", "Loading dock door jams"),
    "network": (
        "机房网络中断",
        "监控画面丢失",
        "Camera 12 shows no picture",
        "Switch has no uplink",
    ),
    "building": (
        "吊顶脱落",
        "外墙渗水",
        "Ceiling tile came down",
        "Window on floor 9 will not shut",
    ),
}
"""What is reported, by trade."""

REGIONS = (
    *(("east", "华东 East", 31.2, 121.5), ("north", "华北 North", 39.9, 116.4)),
    *(("south", "华南 South", 23.1, 113.3), ("west", "西南 West", 30.6, 104.1)),
    *(("centre", "华中 Centre", 30.6, 114.3), ("coast", "东南 Coast", 26.1, 119.3)),
)
"""Code, name, latitude and longitude of the middle."""

PLACES = (
    *("科技园 {n} 号楼", "Tower {n}", "国际中心 {n} 座", "Plant {n}", "商务广场 {n}", "Campus {n}"),
    *("物流园 {n} 仓", "Hospital wing {n}", "地铁站 {n}", "Data centre {n}"),
)
FIRMS = (
    *("华能物业 {n}", "Northgate Estates {n}", "联合医院 {n}", "Harbour Logistics {n}"),
    *("新城置业 {n}", "Civic Offices {n}", "东方酒店 {n}", "Meridian Labs {n}"),
)
