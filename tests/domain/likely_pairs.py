"""What callers say twice, and what only sounds like it: pairs labelled by hand.

`LEARNT` may be looked at while the rule and its words are mended. `UNSEEN` was written when they
were done, in words chosen to be others, and is only counted: it tells what the rule is worth on
calls that nobody has thought of.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Near(StrEnum):
    """What is known of both calls beside their words."""

    CALLER = "the same person calls, his customer is known, where it is not asked yet"
    THERE = "the same person calls about the same site"
    SITE = "another one calls about the same site"
    CUSTOMER = "another one calls for the same customer"
    NOBODY = "the new caller has said his words only"
    STRANGER = "another customer, and where it is was not asked yet"
    ELSEWHERE = "another site"
    MOVED = "the same person calls about another site"


@dataclass(frozen=True, slots=True)
class Pair:
    """A call, an order at the desk, and whether one who knows both would take them for one."""

    new: str
    old: str
    near: Near
    hours: float
    same: bool


_ = Near

LEARNT = (
    # Lifts.
    Pair("电梯又卡在3楼了", "电梯卡在3楼和4楼之间", _.CALLER, 1, True),
    Pair("电梯卡在3楼", "电梯卡在3楼和4楼之间", _.CALLER, 1, True),
    Pair("电梯还没修好", "电梯卡在3楼和4楼之间", _.CALLER, 2, True),
    Pair("电梯坏了", "2号电梯困人", _.CALLER, 1, True),
    Pair("电梯不动了", "电梯停运,门打不开", _.SITE, 3, True),
    Pair("1号梯关人了", "1号电梯困人,里面有老人", _.SITE, 0.5, True),
    Pair("电梯卡在5楼", "电梯卡在3楼", _.SITE, 20, False),
    Pair("2号电梯困人", "1号电梯困人", _.SITE, 1, False),
    Pair("2号电梯困人", "1号电梯困人", _.CALLER, 1, False),
    Pair("电梯卡在3楼", "电梯卡在3楼", _.ELSEWHERE, 1, False),
    Pair("电梯卡在3楼和4楼之间", "电梯卡在3楼和4楼之间", _.MOVED, 1, False),
    Pair("电梯困人", "电梯困人", _.STRANGER, 1, False),
    Pair("lift stuck again on floor 3", "Lift stuck between floor 3 and 4", _.CALLER, 1, True),
    Pair("lift still not working", "Lift stuck between floor 3 and 4", _.CALLER, 2, True),
    Pair("elevator is stuck, people inside", "Lift stuck with two people", _.SITE, 0.3, True),
    Pair("lift B out of order", "Lift A out of order", _.SITE, 4, False),
    Pair("lift stuck on the 5th floor", "lift stuck on the 2nd floor", _.SITE, 5, False),
    Pair("goods lift door does not close", "Lift door does not close", _.SITE, 2, True),
    # Power.
    Pair("办公室没电了", "办公室停电", _.CALLER, 0.5, True),
    Pair("还是没电", "三楼办公室跳闸", _.CALLER, 1, True),
    Pair("3楼跳闸了", "三楼办公室跳闸", _.SITE, 1, True),
    Pair("停电了", "停电了", _.STRANGER, 1, False),
    Pair("5楼跳闸", "3楼跳闸", _.SITE, 2, False),
    Pair("灯不亮", "空调不制冷", _.CALLER, 2, False),
    Pair("走廊灯不亮", "走廊的灯坏了", _.SITE, 8, True),
    Pair("no power on floor 2", "Power out on second floor", _.SITE, 0.5, True),
    Pair("still no electricity", "Power cut in the whole building", _.CALLER, 1, True),
    Pair("socket in the kitchen sparks", "Power cut in the whole building", _.SITE, 48, False),
    # Water.
    Pair("卫生间漏水", "3楼男厕所漏水", _.CALLER, 2, True),
    Pair("天花板滴水", "天花板漏水", _.SITE, 6, True),
    Pair("5楼卫生间漏水", "3楼卫生间漏水", _.SITE, 3, False),
    Pair("水管爆了", "厨房水管爆裂,满地是水", _.CALLER, 0.3, True),
    Pair("马桶堵了", "水龙头关不紧", _.SITE, 5, False),
    Pair("地下室进水", "B1车库积水", _.SITE, 1, True),
    Pair("water coming through the ceiling", "Ceiling leaks in meeting room", _.SITE, 3, True),
    Pair("the toilet is blocked again", "Blocked toilet, ground floor", _.CALLER, 20, True),
    Pair("tap drips in room 204", "tap drips in room 310", _.SITE, 2, False),
    Pair("burst pipe", "Pipe burst in the cellar, water everywhere", _.CALLER, 0.2, True),
    # Air conditioning.
    Pair("空调还是不冷", "会议室空调不制冷", _.CALLER, 3, True),
    Pair("空调不制冷", "空调不制冷", _.NOBODY, 1, False),
    Pair("空调漏水", "会议室空调滴水", _.SITE, 4, True),
    Pair("301室空调不冷", "502室空调不冷", _.SITE, 4, False),
    Pair("空调声音很大", "卫生间漏水", _.CALLER, 4, False),
    Pair("aircon not cooling", "AC not cooling in the lobby", _.SITE, 3, True),
    Pair("air conditioning too warm", "Elevator stuck", _.CALLER, 3, False),
    Pair("the heating is off again", "No heating in the east wing", _.CUSTOMER, 5, True),
    # Lifts again.
    Pair("电梯又停了", "东侧电梯停运", _.CALLER, 3, True),
    Pair("还在等,人还困在电梯里", "B座2号电梯困人3名", _.CALLER, 0.3, True),
    Pair("货梯门关不上", "货梯关门异常,反复开合", _.SITE, 6, True),
    Pair("电梯异响", "电梯运行有异响", _.CUSTOMER, 30, True),
    Pair("客梯按钮失灵", "3号客梯按键没反应", _.THERE, 2, True),
    Pair("A座电梯停了", "B座电梯停了", _.SITE, 1, False),
    Pair("三号梯停了", "1号梯停了", _.THERE, 5, False),
    Pair("电梯照明坏了", "电梯困人", _.SITE, 100, False),
    Pair("12层电梯门口地砖松动", "大堂空调不冷", _.CALLER, 6, False),
    Pair("lift down again", "Passenger lift out of service", _.CALLER, 5, True),
    Pair("people trapped in the elevator", "Two people stuck in lift 2", _.SITE, 0.2, True),
    Pair("elevator 1 is stuck", "Lift 3 stuck", _.SITE, 1, False),
    Pair("lift makes a grinding noise", "Grinding noise from lift", _.CUSTOMER, 50, True),
    Pair("lift stuck", "lift stuck", _.STRANGER, 2, False),
    Pair("Lift stuck with two people inside", "Lift stuck with two people", _.NOBODY, 0.2, True),
    # Power.
    Pair("整层停电", "8楼整层没电", _.CALLER, 0.5, True),
    Pair("配电箱冒烟", "8楼配电箱有焦味冒烟", _.SITE, 0.2, True),
    Pair("二楼又跳闸了", "2层频繁跳闸", _.CUSTOMER, 26, True),
    Pair("7楼停电", "17楼停电", _.SITE, 1, False),
    Pair("车库灯不亮", "会议室灯不亮", _.SITE, 10, False),
    Pair("停电", "充电桩充不上电", _.CUSTOMER, 200, False),
    Pair("lights out in the car park", "Car park lights not working", _.SITE, 12, True),
    Pair("breaker tripped again", "Breaker keeps tripping in the canteen", _.CALLER, 4, True),
    Pair("no power in unit 12", "no power in unit 21", _.SITE, 1, False),
    Pair("emergency light broken", "Water leak in the server room", _.THERE, 3, False),
    # Water.
    Pair("漏水越来越大了", "4楼茶水间漏水", _.CALLER, 1, True),
    Pair("厕所堵了", "二楼女卫生间马桶堵塞", _.THERE, 3, True),
    Pair("楼上往下漏水", "1203室天花板漏水", _.CUSTOMER, 4, True),
    Pair("没有热水", "宿舍没热水", _.SITE, 10, True),
    Pair("热水没有了", "自来水浑浊", _.SITE, 40, False),
    Pair("1栋漏水", "3栋漏水", _.CUSTOMER, 1, False),
    Pair("卫生间漏水", "卫生间漏水", _.MOVED, 2, False),
    Pair("leak getting worse", "Water leak under the sink, room 12", _.CALLER, 1, True),
    Pair("toilet overflowing on 4", "Toilet blocked and overflowing 4th floor", _.SITE, 0.5, True),
    Pair("no hot water", "Hot water not working in the showers", _.SITE, 12, True),
    Pair("no water pressure", "Water leak under the sink, room 12", _.CUSTOMER, 70, False),
    # Air conditioning.
    Pair("房间太热了,空调没风", "空调不出风", _.CALLER, 2, True),
    Pair("大厅空调坏了", "大堂中央空调不制冷", _.SITE, 5, True),
    Pair("空调滴水到桌子上", "空调外机噪音大", _.CUSTOMER, 90, False),
    Pair("机房空调报警", "机房精密空调高温报警", _.CUSTOMER, 1, True),
    Pair("6楼空调不制冷", "9楼空调不制冷", _.CALLER, 2, False),
    Pair("AC is leaking", "Air conditioner drips water on desks", _.CALLER, 3, True),
    Pair("still too hot in here", "Air conditioning not cooling, 6th floor", _.CALLER, 2, True),
    Pair("AC remote lost", "Fire alarm panel shows fault", _.CALLER, 2, False),
    Pair("air con block C not cooling", "air con block A not cooling", _.SITE, 2, False),
    # Nothing of the kind.
    Pair("请尽快派人", "门禁刷卡没反应", _.CALLER, 1, True),
    Pair("when will somebody come", "Door access reader dead", _.CALLER, 1, True),
    Pair("门禁刷卡没反应", "请更换会议室门锁", _.SITE, 60, False),
    Pair("broken window in the hall", "Roof tiles loose", _.CALLER, 5, False),
    # Mistyped.
    Pair("lfit stuck betwen floor 3 and 4", "Lift stuck between floor 3 and 4", _.SITE, 1, True),
    Pair("点梯卡在3楼和4楼之间", "电梯卡在3楼和4楼之间", _.SITE, 1, True),
    Pair("shuter at the loading bay jammmed", "Shutter at the loading bay jammed", _.SITE, 9, True),
    Pair("lfit stuck on floor 5", "Lift stuck on floor 3", _.SITE, 1, False),
    # In other words.
    Pair("电梯里有人出不来", "电梯困人", _.SITE, 0.2, True),
    Pair("乘客电梯不走了", "电梯停在6楼不开门", _.CALLER, 1, True),
    Pair("那个电梯修得怎么样了", "电梯开门后不平层", _.CALLER, 5, True),
    Pair("4号扶梯不转", "4号扶梯停了", _.SITE, 3, True),
    Pair("5号扶梯不转", "4号扶梯停了", _.SITE, 3, False),
    Pair("电梯屏幕不显示", "电梯困人", _.SITE, 50, False),
    Pair("全楼都黑了", "大楼停电", _.SITE, 0.2, True),
    Pair("我家没电", "整栋楼没电", _.CALLER, 0.5, True),
    Pair("插座没有电", "走廊灯闪烁", _.SITE, 30, False),
    Pair("路灯一盏不亮", "停车场路灯不亮", _.CUSTOMER, 60, True),
    Pair("楼上的水流到我们店里了", "商铺天花板漏水", _.CALLER, 2, True),
    Pair("洗手池下水慢", "洗手池堵了", _.SITE, 8, True),
    Pair("自来水停了", "没水用", _.SITE, 1, True),
    Pair("水费单有问题", "卫生间漏水", _.CALLER, 3, False),
    Pair("2单元地下室泡水了", "2单元地下室被淹", _.SITE, 1, True),
    Pair("3单元地下室泡水了", "2单元地下室被淹", _.SITE, 1, False),
    Pair("冷气不够", "空调不制冷", _.SITE, 5, True),
    Pair("空调遥控器没电了", "办公室停电", _.CALLER, 5, False),
    Pair("空调吹热风", "空调制冷不好", _.CALLER, 4, True),
    Pair("暖气片冰凉", "暖气不热", _.SITE, 9, True),
    Pair("十二楼会议室热死了", "12F会议室空调不制冷", _.SITE, 2, True),
    Pair("还没来人吗", "投影仪不亮", _.CALLER, 2, True),
    Pair("the lift won't move", "Lift is dead on 3", _.SITE, 1, True),
    Pair("someone is stuck in your elevator", "Passenger trapped, lift 2", _.SITE, 0.2, True),
    Pair("escalator stopped", "Lift stopped", _.SITE, 5, False),
    Pair("where is the engineer for the lift", "Lift doors jammed", _.CALLER, 2, True),
    Pair("everything went dark", "Total blackout on the ground floor", _.SITE, 0.3, True),
    Pair("half the lights are flickering", "Lights flicker in the office", _.SITE, 6, True),
    Pair("sockets dead on level 7", "Sockets dead on level 9", _.SITE, 2, False),
    Pair("water on the floor of the plant room", "Plant room flooded", _.SITE, 1, True),
    Pair("sink is clogged", "Kitchen sink will not drain", _.SITE, 4, True),
    Pair("radiator leaking", "Radiator cold", _.SITE, 60, False),
    Pair("it is freezing in here", "Heating broken, 2nd floor", _.CALLER, 3, True),
    Pair("A/C blowing warm air", "AC not cooling properly", _.CUSTOMER, 20, True),
    Pair("any news?", "Shutter gate stuck half open", _.CALLER, 4, True),
    Pair("shutter gate 2 stuck", "Shutter gate 5 stuck", _.SITE, 3, False),
    Pair("door handle loose", "Printer jam", _.CALLER, 3, False),
    Pair("smoke detector beeps", "Smoke detector chirping in flat 7", _.CUSTOMER, 10, True),
    Pair("lift stuck on floor 9", "Lift stuck on floor 9", _.STRANGER, 1, False),
    Pair("water leak", "Water leak", _.ELSEWHERE, 1, False),
)

UNSEEN = (
    Pair("电梯按了没反应", "电梯呼叫按钮坏", _.SITE, 4, True),
    Pair("电梯又夹人了", "电梯门夹人", _.CUSTOMER, 30, True),
    Pair("我被关在电梯里", "电梯故障困人两名", _.SITE, 0.2, True),
    Pair("电梯一直停在一楼", "电梯不运行", _.CALLER, 2, True),
    Pair("西侧货梯坏了", "东侧货梯坏了", _.SITE, 2, False),
    Pair("电梯地毯要换", "电梯困人", _.CALLER, 5, False),
    Pair("8号楼电梯停了", "6号楼电梯停了", _.CUSTOMER, 2, False),
    Pair("十一楼电梯厅灯坏", "十楼电梯厅灯坏", _.SITE, 2, False),
    Pair("电梯维修进展如何", "电梯平层不准", _.CALLER, 6, True),
    Pair("一层商铺没电", "1F商铺突然断电", _.SITE, 1, True),
    Pair("电闸推不上去", "跳闸合不上", _.CALLER, 1, True),
    Pair("应急灯不亮", "配电房漏水", _.SITE, 20, False),
    Pair("电表走得太快", "全楼停电", _.CUSTOMER, 90, False),
    Pair("电压不稳灯光忽明忽暗", "灯一闪一闪的", _.CALLER, 3, True),
    Pair("水一直往外冒", "厨房地漏返水", _.CALLER, 0.5, True),
    Pair("墙面渗水", "外墙漏水到室内", _.SITE, 40, True),
    Pair("洗手间水龙头坏了", "洗手间龙头滴水不止", _.SITE, 6, True),
    Pair("消防栓漏水", "卫生间漏水", _.SITE, 2, False),
    Pair("水压太小", "没有热水", _.SITE, 30, False),
    Pair("水箱溢水", "楼顶水箱溢流", _.CALLER, 1, True),
    Pair("601天花板漏水", "901天花板漏水", _.SITE, 2, False),
    Pair("空调不制热", "空调开不了机", _.CUSTOMER, 100, False),
    Pair("办公区很闷,空调没开", "空调没有冷风", _.CALLER, 2, True),
    Pair("空调外机掉下来了", "空调不制冷", _.NOBODY, 2, False),
    Pair("师傅到了没有", "空调主机报故障", _.CALLER, 2, True),
    Pair("Lift 4 doors will not shut", "Doors of lift 4 stay open", _.SITE, 2, True),
    Pair("the elevators are all down", "All lifts out of service", _.SITE, 0.4, True),
    Pair("same lift as this morning has stopped", "Lift stops between floors", _.CALLER, 6, True),
    Pair("carpet in the lift is torn", "Lift stuck, person inside", _.SITE, 30, False),
    Pair("power is gone on level 12", "No electricity, 12th floor", _.SITE, 0.3, True),
    Pair("fuse blown", "Half the office has no power", _.CALLER, 2, True),
    Pair("car park lighting", "Lobby light flickers", _.SITE, 30, False),
    Pair("toilet still leaking", "Water on bathroom floor", _.CALLER, 3, True),
    Pair("pipe dripping above my desk", "Ceiling drip, open plan area", _.SITE, 5, True),
    Pair("no water on 3rd floor", "No water on 4th floor", _.SITE, 1, False),
    Pair("drinking fountain broken", "Toilet blocked", _.CALLER, 4, False),
    Pair("room 12 is boiling", "AC failed in room 12", _.SITE, 2, True),
    Pair("chiller 2 tripped", "Chiller 1 tripped", _.SITE, 5, False),
    Pair("aircon rattles", "Aircon noisy in meeting room", _.SITE, 9, True),
    Pair("what is the status please", "AC not cooling", _.CALLER, 4, True),
)
