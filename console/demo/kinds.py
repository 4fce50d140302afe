"""What the sample's requests are about: the city's own words, and ours for Chinese readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of request."""

    chinese: str
    priority: int
    trade: str
    """The skill that it takes."""


KINDS: Mapping[str, Kind] = {
    "Abandoned Bicycle": Kind("废弃自行车清理", 4, "streets"),
    "Abandoned Vehicles": Kind("废弃车辆处置", 4, "streets"),
    "Bed Bugs": Kind("住宅虫害", 3, "housing"),
    "Building Inspection Request": Kind("建筑安全检查", 3, "building"),
    "BWSC General Request": Kind("供排水报修", 3, "water"),
    "Catchbasin": Kind("雨水井堵塞", 2, "water"),
    "Contractor Complaints": Kind("施工投诉", 4, "streets"),
    "Cross Metering - Sub-Metering": Kind("分表计量纠纷", 4, "housing"),
    "Electrical": Kind("电气隐患", 2, "power"),
    "Empty Litter Basket": Kind("清理垃圾桶", 4, "cleaning"),
    "Equipment Repair": Kind("公园设施维修", 3, "parks"),
    "Fire Department Request": Kind("消防协助", 2, "building"),
    "Fire Hydrant": Kind("消火栓故障", 2, "water"),
    "General Lighting Request": Kind("照明报修", 3, "power"),
    "Graffiti Removal": Kind("清除涂鸦", 4, "cleaning"),
    "Ground Maintenance": Kind("绿地养护", 4, "parks"),
    "Heat - Excessive  Insufficient": Kind("供暖异常", 2, "housing"),
    "Highway Maintenance": Kind("道路养护", 3, "streets"),
    "Knockdown Replacement": Kind("路灯杆更换", 3, "power"),
    "Maintenance Complaint - Residential": Kind("住宅维修投诉", 3, "housing"),
    "Major System Failure": Kind("大面积停电", 1, "power"),
    "Mice Infestation - Residential": Kind("住宅鼠患", 3, "housing"),
    "Misc. Snow Complaint": Kind("积雪投诉", 3, "snow"),
    "Missing Sign": Kind("标志缺失", 2, "signals"),
    "New Sign  Crosswalk or Pavement Marking": Kind("新设标志标线", 4, "signals"),
    "New Tree Requests": Kind("申请植树", 4, "parks"),
    "News Boxes": Kind("报刊箱清理", 4, "cleaning"),
    "No Utilities Residential - Water": Kind("住宅停水", 1, "water"),
    "Pavement Marking Maintenance": Kind("标线修补", 4, "signals"),
    "Pick up Dead Animal": Kind("动物尸体清理", 3, "cleaning"),
    "Plumbing": Kind("管道故障", 2, "water"),
    "Pothole Repair (Internal)": Kind("修补路面坑洞", 3, "streets"),
    "Public Works General Request": Kind("市政报修", 4, "streets"),
    "PWD Graffiti": Kind("公共设施涂鸦", 4, "cleaning"),
    "Recycling Cart Inquiry": Kind("回收桶咨询", 4, "cleaning"),
    "Request for Recycling Cart": Kind("申请回收桶", 4, "cleaning"),
    "Request for Snow Plowing (Emergency Responder)": Kind("紧急除雪", 1, "snow"),
    "Requests for Traffic Signal Studies or Reviews": Kind("信号灯配时", 4, "signals"),
    "Rodent Activity": Kind("鼠患", 3, "housing"),
    "Schedule a Bulk Item Pickup SS": Kind("大件清运", 4, "cleaning"),
    "Sidewalk Repair": Kind("人行道维修", 4, "streets"),
    "Sidewalk Repair (Make Safe)": Kind("人行道抢修", 2, "streets"),
    "Sign Repair": Kind("标志维修", 3, "signals"),
    "Snow Removal": Kind("清除积雪", 3, "snow"),
    "Space Savers": Kind("占位物清理", 4, "snow"),
    "Street Light Knock Downs": Kind("路灯被撞倒", 1, "power"),
    "Street Light Outages": Kind("路灯不亮", 3, "power"),
    "Traffic Signal Repair": Kind("信号灯故障", 2, "signals"),
    "Transportation General Request": Kind("交通设施报修", 4, "signals"),
    "Tree Emergencies": Kind("树木倒伏", 1, "parks"),
    "Tree Maintenance Requests": Kind("树木修剪", 4, "parks"),
    "Unsafe Dangerous Conditions": Kind("危险建筑", 2, "building"),
    "Unsanitary Conditions - Establishment": Kind("经营场所卫生", 3, "housing"),
    "Unsatisfactory Living Conditions": Kind("居住条件不达标", 3, "housing"),
    "Unsatisfactory Utilities - Electrical  Plumbing": Kind("住宅水电故障", 2, "power"),
    "Utility Call-In": Kind("管线报修", 2, "streets"),
}
"""The types that the sample keeps: work that somebody goes out for."""

TRADES: Mapping[str, tuple[str, str]] = {
    "streets": ("Streets", "道路"),
    "housing": ("Housing", "房屋"),
    "building": ("Buildings", "建筑"),
    "water": ("Water and sewer", "给排水"),
    "power": ("Power and lighting", "电力照明"),
    "cleaning": ("Cleaning", "保洁"),
    "parks": ("Parks and trees", "绿化"),
    "snow": ("Snow", "除雪"),
    "signals": ("Signals and signs", "信号标志"),
}

PLACES: Mapping[str, tuple[str, str]] = {
    "Allston / Brighton": ("奥尔斯顿 / 布莱顿", "west"),
    "Back Bay": ("后湾", "centre"),
    "Beacon Hill": ("灯塔山", "centre"),
    "Charlestown": ("查尔斯顿", "north"),
    "Dorchester": ("多切斯特", "south"),
    "Downtown / Financial District": ("市中心 / 金融区", "centre"),
    "East Boston": ("东波士顿", "north"),
    "Fenway / Kenmore / Audubon Circle / Longwood": ("芬威 / 朗伍德", "west"),
    "Greater Mattapan": ("马塔潘", "south"),
    "Hyde Park": ("海德公园", "south"),
    "Jamaica Plain": ("牙买加平原", "west"),
    "Mission Hill": ("教会山", "west"),
    "Roslindale": ("罗斯林代尔", "south"),
    "Roxbury": ("罗克斯伯里", "west"),
    "South Boston / South Boston Waterfront": ("南波士顿", "north"),
    "South End": ("南端", "centre"),
    "West Roxbury": ("西罗克斯伯里", "south"),
}
"""The neighbourhoods that are the sample's sites: their Chinese name, and the region."""

REGIONS: Mapping[str, tuple[str, str]] = {
    "north": ("North and harbour", "北区与港区"),
    "centre": ("Centre", "中心区"),
    "west": ("West", "西区"),
    "south": ("South", "南区"),
}

DEPARTMENTS: Mapping[str, str] = {
    "Boston Water & Sewer Commission": "水务局",
    "Inspectional Services": "检查服务局",
    "Mayor's 24 Hour Hotline": "市长热线",
    "Parks & Recreation Department": "公园与休闲局",
    "Property Management": "物业管理处",
    "Public Works Department": "公共工程局",
    "Transportation - Traffic Division": "交通局",
}
"""Who answers for the request in the city: the sample's customers."""
