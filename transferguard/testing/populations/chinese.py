# SPDX-License-Identifier: Apache-2.0
"""Chinese people: surname by published share, given name by generation and gender, top whole names corrected.

Sources: surname counts of the twenty most frequent surnames as the Ministry of Public Security published them for 2019 (millions
of bearers among 1.4 billion); the sum of the first hundred (85 %) from the same reports; the order of the rest follows the
surname census of the Chinese Academy of Sciences (Yuan Yida, 2006). Whole-name counts: the ministry's list of 2007 and the count
for 张伟 as reported later, rounded to thousands. The order of given-name characters within a generation is our own compilation
from the ministry's yearly name reports; their shares fall by rank. Shares of one-character given names by generation are rounded
from the same reports.
"""

from transferguard.testing.populations.han_readings import surname_reading, syllables
from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Mixed, Shares, even, ranked

_MILLIONS_OF_BEARERS = {
    "王": 101.5,
    "李": 100.9,
    "张": 95.4,
    "刘": 72.1,
    "陈": 63.3,
    "杨": 46.2,
    "黄": 33.7,
    "赵": 28.6,
    "吴": 27.8,
    "周": 26.8,
    "徐": 20.2,
    "孙": 19.4,
    "马": 19.1,
    "朱": 18.1,
    "胡": 16.5,
    "郭": 15.8,
    "何": 14.8,
    "林": 14.2,
    "高": 14.1,
    "罗": 14.0,
}
_POPULATION_MILLIONS = 1400.0
_FIRST_HUNDRED_SHARE = 0.85
_NEXT_EIGHTY = (
    "郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭"
    "陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷史龙陶黎贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_RARE = (
    "赖樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂焦柳邢岳齐梅庄辛管祝左涂谷时舒耿卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查"
    "屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛车冉房边阎商简饶党鞠苑桑古丘连胥戚杭练代柴蒙褚窦盖苟冷原邬"
)
_RARE_TWO = "欧阳 上官 司马 诸葛 司徒 皇甫 尉迟 公孙 慕容 令狐 夏侯 东方"

_MALE_BEFORE_1970 = (
    "国建华文明军平志德荣福金玉成生庆林海永春树清光忠义贵祥根胜宝学振世家兴长云龙山来才发喜保全有元仁新东正立中运民安富良连顺士松"
    "万武达水江希秋锦善道开传克昌凤培友炳维绍继景宗鸿启泽增"
)
_FEMALE_BEFORE_1970 = (
    "英秀兰玉珍芳凤梅桂红华素淑春霞香云莲琴花美丽金月爱荣翠菊娥仙芝巧惠清平文娟珠敏荷银彩燕琼芬秋娣妹桃瑞静群萍丹青水叶小慧贤玲蓉"
    "莉瑛媛佩雪如雅明满招改存保根琳"
)
_MALE_1970_1989 = (
    "伟军强勇涛明超波斌刚杰鹏磊平辉峰飞华建国志文海亮林东俊宇浩健龙凯旭鑫洋宏永新德庆晓小春江锋松成亚立良剑云荣光卫民胜利金彬兵雷"
    "毅振学世雄天忠安清翔帆敏义祥诚福跃坤乐博阳贵晨思帅进正少家昌晖宁康群力欣栋岩炜维钢"
)
_FEMALE_1970_1989 = (
    "丽娜敏静艳燕娟霞芳婷红玲丹萍莉洁雪慧颖琳晶蕾倩英华梅海晓小玉秀文春云凤桂兰美琴爱媛璐欣佳雅月莹青佩微薇瑜娇蓉芬瑶亚珊珍楠妮怡"
    "思瑞冬冰宁岩"
)
_MALE_1990_2009 = (
    "杰浩俊宇鑫涛鹏超旭凯文龙明志豪阳强伟博子家嘉天泽晨晓帅翔磊飞锋航轩成昊辰思林海斌康健佳永梓洋雨铭瑞皓逸乐宏建国凡森启睿立一承"
    "景远安奇君亮晖翰毅诚毓恒"
)
_FEMALE_1990_2009 = "婷欣佳怡雨梦思雪悦琪颖倩慧静文雅嘉晓诗洁璐琳莹丹瑶玉馨子涵晨美婧雯芳敏丽月妍菲彤薇珊宇萱钰蕊楠娜茜紫若依可心语宁晴蓉露"
_MALE_SINCE_2010 = "子宇浩轩泽睿辰晨梓俊博铭一奕沐皓嘉文天家昊逸瑞航诺承霖明熙言亦煜恒安思景佑帆彦"
_FEMALE_SINCE_2010 = "梓涵欣一诺可雨萱子思语沐若汐妍桐依悦琪馨彤怡诗琳艺芮玥佳嘉瑶心"
_ANY_GENERATION = (
    "川白石南北西溪岚岭竹柏枫桦荣棋书画墨砚琛珂珩瑾瑜璇玮琦琨璋衡鉴铎钊钧锐镇铠骏骁驰骥鸣鹤雁鹭麒麟虎豹星辉曜昕晏昭晟暄曦朗朔望"
    "霄霆震霁云岱岳峻崇嵩川洲津润泓泉沛淳渊湘澜瀚灿炎烨焕烽勋励劲勤尧舜禹尚齐圣贤儒谦谨让礼和睦善惟慎敬孝悌信笃实敦厚蔚蓝芊芸苑茗荔"
    "莎菁萌葵蓓蕴薏姝妤姗娅娴婉嫣嬿绮绫缦织纯素缨罗锦"
)

_WHOLE_GIVEN = {
    (Gender.MALE, 1950): "建国 建华 志强 国强 建军 志明 国华 文明 建平 德明 国庆 爱国 保国 建民 永强 卫东 红卫 建设 援朝 解放",
    (Gender.FEMALE, 1950): "秀英 桂英 秀兰 玉兰 玉英 桂兰 秀珍 凤英 玉珍 兰英 秀芳 桂珍 秀梅 淑珍 淑英 桂芳 玉梅 素珍 凤兰 春梅",
    (Gender.MALE, 1975): "志强 建军 小军 晓东 海波 文斌 志刚 永刚 小平 小龙 晓明 志勇 海涛 建伟 国栋",
    (Gender.FEMALE, 1975): "丽娟 晓燕 海燕 丽华 春燕 红梅 晓红 小红 丽丽 婷婷 娟娟 艳红 晓丽 丽萍 小燕 丹丹 莉莉",
    (Gender.MALE, 1995): "俊杰 子豪 志豪 浩然 文杰 宇航 嘉豪 浩宇 俊豪 天宇 子健 佳豪 文博 宇轩 鑫鑫",
    (Gender.FEMALE, 1995): "婷婷 欣怡 思雨 佳怡 雨婷 诗涵 梦婷 佳琪 雨欣 思琪 雅婷 静怡 梦瑶 文静 嘉欣",
    (Gender.MALE, 2010): "浩宇 子轩 浩然 宇轩 梓轩 沐宸 浩轩 宇辰 奕辰 子墨 一诺 俊熙 梓睿 宇航 子睿",
    (Gender.FEMALE, 2010): "欣怡 梓涵 一诺 子涵 诗涵 雨桐 欣妍 可馨 语桐 梓萱 若汐 依诺 艺涵 雨萱 佳怡",
}
_CHARACTERS = {
    (Gender.MALE, 1950): _MALE_BEFORE_1970,
    (Gender.FEMALE, 1950): _FEMALE_BEFORE_1970,
    (Gender.MALE, 1975): _MALE_1970_1989,
    (Gender.FEMALE, 1975): _FEMALE_1970_1989,
    (Gender.MALE, 1995): _MALE_1990_2009,
    (Gender.FEMALE, 1995): _FEMALE_1990_2009,
    (Gender.MALE, 2010): _MALE_SINCE_2010,
    (Gender.FEMALE, 2010): _FEMALE_SINCE_2010,
}
_ADULT_WEIGHT = {1950: 0.28, 1975: 0.38, 1995: 0.29, 2010: 0.05}
"""Share of app users by generation: an assumption; children hardly send money."""
_ONE_CHARACTER_SHARE = {1950: 0.12, 1975: 0.40, 1995: 0.25, 2010: 0.08}

_WHOLE_NAME_THOUSANDS = {
    ("张", "伟"): 294,
    ("王", "伟"): 282,
    ("王", "芳"): 268,
    ("李", "伟"): 261,
    ("王", "秀英"): 247,
    ("李", "秀英"): 245,
    ("李", "娜"): 244,
    ("张", "秀英"): 237,
    ("刘", "伟"): 234,
    ("张", "敏"): 234,
    ("李", "静"): 232,
    ("张", "丽"): 232,
    ("王", "静"): 232,
    ("王", "丽"): 230,
    ("李", "强"): 225,
    ("张", "静"): 224,
    ("李", "敏"): 222,
    ("王", "敏"): 221,
    ("王", "磊"): 217,
    ("李", "军"): 216,
    ("刘", "洋"): 212,
    ("王", "勇"): 211,
    ("张", "勇"): 211,
    ("王", "艳"): 210,
    ("李", "杰"): 208,
    ("张", "磊"): 206,
    ("李", "丽"): 205,
    ("王", "强"): 204,
    ("张", "艳"): 203,
    ("李", "娟"): 202,
}


def _surnames() -> Shares:
    first = {surname: millions / _POPULATION_MILLIONS for surname, millions in _MILLIONS_OF_BEARERS.items()}
    next_eighty = ranked(_NEXT_EIGHTY, top=0.0093, total=_FIRST_HUNDRED_SHARE - sum(first.values()))
    rest = 1.0 - _FIRST_HUNDRED_SHARE
    rare = ranked(_RARE, top=0.0025, total=rest * 0.985)
    two = even(_RARE_TWO.split(), total=rest * 0.015)  # compound surnames: about 0.2 % of all people
    weights: dict[str, float] = {}
    for table in (first, next_eighty, rare, two):
        for surname, share in table.items():
            weights[surname] = weights.get(surname, 0.0) + share
    return Listed(weights)


def _given(gender: Gender, born: int) -> Shares:
    head = Listed(ranked(_CHARACTERS[gender, born], top=0.032))
    character = Mixed((0.88, head), (0.12, Listed(even(_ANY_GENERATION))))
    whole = Listed(ranked(_WHOLE_GIVEN[gender, born].split(), top=0.10))
    doubled = Listed({sign * 2: share for sign, share in ranked(_CHARACTERS[gender, born], top=0.04).items()})
    one = _ONE_CHARACTER_SHARE[born]
    two = 1.0 - one
    doubled_share = 0.03 if gender is Gender.FEMALE else 0.01
    return Mixed(
        (one, head),
        (two * 0.05, whole),
        (two * doubled_share, doubled),
        (two * (0.95 - doubled_share), Joined(first=character, second=character)),
    )


def _pinyin(family: str, given: str) -> str:
    return f"{''.join(syllables(given)).capitalize()} {surname_reading(family).capitalize()}"


def chinese() -> Population:
    """People of mainland China, by generation and gender."""
    surnames = _surnames()
    return Population(
        culture=Culture.CHINESE,
        cohorts=[
            Cohort(weight=weight / 2, country="CN", gender=gender, born=born, family=surnames, given=_given(gender, born))
            for born, weight in _ADULT_WEIGHT.items()
            for gender in Gender
        ],
        family_first=True,
        separator="",
        whole_names={pair: thousands / 1000 / _POPULATION_MILLIONS for pair, thousands in _WHOLE_NAME_THOUSANDS.items()},
        to_latin=_pinyin,
    )
