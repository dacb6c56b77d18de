# SPDX-License-Identifier: Apache-2.0
"""Words of which invented nicknames and shop names are made; written for this file, nothing is taken from real users."""

from transferguard.testing.populations.people import Culture, Gender
from transferguard.testing.populations.shares import words

EMOJI = words("🌸 🌙 ⭐ 🔥 🍀 🐱 🐶 🌈 🎵 ❤️ 🌻 🍎 ☀️ 🦋 🐰 🍊 ✨ 🎈 🏀 ⚽ 🌊 🍉 🐼 🦁 🌹 🥰 😊 🚗 📷 🎸 🍵 🏔️ 🐟 🕊️ 🌵 💎")

ENGLISH_NAMES = {
    Gender.FEMALE: words("""Vivian Cindy Amy Lily Grace Helen Tina Sophie Emma Jessie Coco Candy Fiona Wendy Joyce Sunny Linda
        Lucy Angela Yuki Iris Cathy Daisy Nancy Ivy Olivia Mia Peggy Rita Stella"""),
    Gender.MALE: words("""Tony Kevin Jack Tom Leo Eric Jason David Andy Frank Ken Mike Alex Sam Peter Ray Steven Allen Ryan
        Bruce Danny Felix Gary Henry Ivan Jerry Martin Oscar Simon Vincent"""),
}

FIRST_WORDS = {
    Culture.CHINESE: words("""静静的 追风的 夏天的 江南 北方的 半夏 清晨 午后 深海 山间 云上 落叶 微笑的 孤独的 快乐 简单 一颗
        远方的 雨后 星空下的 温柔的 奔跑的 安静的 流浪的 墨色 青石 月下 长安 秋水 春风 南城 北岛 时光里的 岁月 淡淡的 花开 听雨
        逐梦 晴天 迟到的 蓝色 橘子味的 白色 小小 老街 旧城 巷口 漫步 云淡 风轻 且听 无畏 不语 一叶 三月 四月 九月 十里 半城 满天"""),
    Culture.LATIN: words("""Silent Blue Happy Lost Golden Wild Lucky Midnight Sunny Little Crazy Gentle Lazy Brave Rainy Salty
        Quiet Red Tiny Slow Purple Dusty Frozen Velvet Electric Sleepy Cosmic Rusty Fuzzy Clever"""),
    Culture.CYRILLIC: words("""Лунный Тихий Весёлый Северный Добрый Рыжий Дикий Сонный Белый Чёрный Летний Звёздный Старый
        Быстрый Снежный Южный Морской Лесной Грустный Мудрый Синий Тёплый Ночной Вольный Хитрый"""),
    Culture.ARABIC: words(
        "قمر وردة نسيم صقر غيمة شمس نجمة عاشق أمير ملكة بحر صحراء ليل فارس حلم عطر نور سحر همس دمعة زهرة طير غزال مطر شاعر"
    ),
    Culture.KOREAN: words("""행복한 조용한 푸른 작은 하얀 따뜻한 느린 빛나는 달콤한 외로운 즐거운 씩씩한 맑은 졸린 귀여운 용감한
        붉은 먼 새벽 여름 겨울 착한 배고픈 춤추는 꿈꾸는"""),
    Culture.JAPANESE: words("""静かな 青い 小さな 眠い 優しい 白い 夜の 春の 夏の 遠い 雨の 星の 猫の 冬の 秋の 赤い 甘い 眩しい
        淡い 深い 迷子の 山の 海の 街の 朝の"""),
    Culture.VIETNAMESE: words(
        "Nắng Gió Mưa Hoa Mây Biển Trăng Sao Lá Thu Mùa Đêm Cỏ Sóng Đồi Phố Sương Chiều Suối Trời Bướm Chim Nhớ Thương Mơ"
    ),
    Culture.INDIAN: words("""Silent Royal Desi Happy Cool Lucky Mad Simple Smart Dreamy Golden Crazy Little Sweet Rocking
        Innocent Broken Wild Cute Naughty Peaceful Brave Shy Funny Blue"""),
    Culture.THAI: words("ดอก สาย แสง เด็ก สาว หนุ่ม คน ลูก รัก ยิ้ม น้อง พี่ หัวใจ บ้าน สวน ฝัน เงา เสียง ฤดู ทุ่ง ริม หมอก ไอ กลิ่น ทาง"),
}

LAST_WORDS = {
    Culture.CHINESE: words("""小鱼 猫 风 海 少年 姑娘 旅人 麦田 柠檬 糖果 时光 故事 云朵 蜗牛 大叔 向日葵 月亮 星辰 小熊 咖啡
        行者 茶 荷塘 雪 竹林 烟火 影子 灯塔 稻草人 小站 钢琴 鹿 石头 孩子 蒲公英 船 歌 梦 河流 书生 芦苇 清茶 豆豆 萤火虫 归人
        渔夫 晚风 薄荷 小院 听风 如歌 微凉 相伴 花海 春秋 无痕"""),
    Culture.LATIN: words("""River Tiger Moon Rider Panda Sky Coffee Fox Ocean Potato Bird Runner Star Wolf Garden Pirate Cloud
        Lion Gamer Baker Muffin Raven Castle Engine Whale Pickle Forest Drummer Rocket Honey"""),
    Culture.CYRILLIC: words("""Кот Волк Ветер Странник Медведь Дождь Лис Ёж Моряк Рассвет Камень Снег Охотник Дракон Огонёк
        Туман Барсук Пират Ворон Кит Лось Поэт Вечер Сокол Енот"""),
    Culture.ARABIC: words("""الليل الصحراء البحر الشرق الغرام السماء الروح القلوب الخليج الشتاء الورد الفجر الهوى النيل الحب
        الربيع الجبل القمر المطر الغروب الشام الياسمين الأمل الزمان الوادي"""),
    Culture.KOREAN: words("""바람 고양이 하늘 별 토끼 바다 나무 구름 커피 달 강아지 여행자 햇살 다람쥐 기차 우산 노래 감자 소년
        펭귄 라면 호수 딸기 곰 거북이"""),
    Culture.JAPANESE: words("猫 空 風 海 月 星 うさぎ パンダ 旅人 珈琲 花 森 鳥 電車 雲 狐 りんご 雪 波 光 亀 傘 苺 熊 音"),
    Culture.VIETNAMESE: words(
        "Xanh Nhẹ Buồn Hạ Vàng Đêm Rơi Bay Yên Tím Hồng Lặng Êm Trôi Xưa Thầm Mới Lạ Sớm Muộn Khuya Say Ngọt Đắng Sâu"
    ),
    Culture.INDIAN: words("""Boy Queen King Star Soul Rider Tiger Moon Dreamer Heart Guru Gamer Angel Prince Princess Lion Devil
        Singer Traveller Eyes Hero Nawab Munda Kudi Baba"""),
    Culture.THAI: words("""ฟ้า ไม้ ดาว ดอย ทะเล หวาน ใจดี สายลม ตะวัน แมว ภูเขา เมฆ ยิ้ม ฝน ดิน นก ปลา จันทร์ หิมะ ขนม กาแฟ เพลง
        ผีเสื้อ เรือ ทราย"""),
}

HANDLES = {
    Culture.CHINESE: list(
        "墨染清秋沐雨听澜初夏凉城浅笑素年锦时流云落霞孤舟寒江暮雪晨曦南风北巷青柠白茶苏木半盏星河万里归途拾光微醺长歌旧梦新蕊疏影暗香"
        "竹韵松涛鹤鸣鹿野溪山烟火人间逍遥自在随缘若水向阳而生花间一壶酒醉卧沙场桃李杏梨橙柚荷菊兰芷蘅薇蓝紫绯碧玄素银金"
    ),
    Culture.LATIN: words("mo ra ka zen lu vi tor pa nix do mel sha ru ben ki lo wyn dra fo gar hes jo kel mir nop quil sar tup vex zor"),
    Culture.CYRILLIC: words("мо ра ка зен лу ви тор па никс до мел ша ру бен ки ло вин дра фо гар хес жо кел мир ноп кви сар туп век зор"),
    Culture.ARABIC: words("مو را كا زن لو في تور با نكس دو مل شا رو بن كي له وين درا فو غار حس جو كل مير نوب كوي سار توب فك زور"),
    Culture.KOREAN: words("모 라 카 젠 루 비 토 파 닉 도 멜 샤 루 벤 키 로 윈 드 포 가 헤 조 켈 미 놉 퀴 사 툽 벡 조"),
    Culture.JAPANESE: words("モ ラ カ ゼ ル ビ ト パ ニ ド メ シ ロ ベ キ ワ ウ フ ガ ヘ ジ ケ ミ ノ ク サ ツ ポ ゾ ン"),
    Culture.VIETNAMESE: words("mo ra ka zen lu vi to pa nic do mel sa ru ben ki lo win dra fo ga he jo kel mi nop qui sa tup vec zo"),
    Culture.INDIAN: words("mo ra ka jen lu vi tor pa nik do mel sha ru ben ki lo win dra fo gar hes jo kel mir nop kvi sar tup vek zor"),
    Culture.THAI: words("โม รา คา เซน ลู วี โท พา นิค โด เมล ชา รู เบน คี โล วิน ดรา โฟ กา เฮ โจ เคล มี นอป ควี ซา ทับ เวก โซ"),
}
"""Syllables of which invented handles are made: three of about thirty give 27,000, of a hundred Han characters a million."""

TOWNS = words("""城东 城西 江北 河西 南湖 东门 北街 西关 新华路 解放路 人民路 中山 滨江 开发区 大桥 车站 学府 湖滨 金水 青山
        龙泉 清河 石桥 柳林 杨家 三里 五一 和平 建设路 朝阳""")
TRADES = words("""数码 水果店 面馆 超市 美甲 烟酒 五金 文具 快递 副食 童装 二手车 花店 修理部 房产 保险 物流 母婴 土特产 药房
        灯饰 家电 装饰 瓷砖 窗帘 茶庄 眼镜 烘焙 摄影 驾校 健身 宠物 搬家 家政 干洗 电动车 渔具 火锅 烧烤 农家乐""")
SHOPS = {
    Culture.CHINESE: words("""{town}阿{given}{trade} {town}{family}记{trade} {town}老{family}{trade} {given}{trade}
        {town}{family}{given}{trade} {town}诚信{trade} {town}便民{trade} {town}鸿运{trade}"""),
    Culture.LATIN: ["{given} {family} Bakery", "{family} {given} Plumbing", "Studio {given} {family}", "{given} {family} Auto Repair"],
    Culture.CYRILLIC: ["Цветы {given} {family}", "Пекарня {given} {family}", "Такси {given} {family}", "Фото {given} {family}"],
    Culture.ARABIC: ["مطعم {given} {family}", "محل {given} {family}", "ورد {given} {family}", "صالون {given} {family}"],
    Culture.KOREAN: ["{family}{given} 분식", "{family}{given} 철물", "{family}{given} 꽃집", "{family}{given} 미용실"],
    Culture.JAPANESE: ["{family}{given}商店", "カフェ{family}{given}", "{family}{given}食堂", "{family}{given}工務店"],
    Culture.VIETNAMESE: ["Quán {family} {given}", "Tạp hóa {family} {given}", "Tiệm hoa {family} {given}", "Cà phê {family} {given}"],
    Culture.INDIAN: ["{given} {family} Sweets", "{given} {family} Tailors", "{given} {family} Store", "{given} {family} Travels"],
    Culture.THAI: ["ร้าน{given} {family}", "ครัวคุณ{given} {family}", "อู่{given} {family}", "ร้านดอกไม้{given} {family}"],
}

SHORT_FORMS = {
    "James": "Jim",
    "Robert": "Bob",
    "John": "Jack",
    "Michael": "Mike",
    "David": "Dave",
    "William": "Bill",
    "Richard": "Rick",
    "Joseph": "Joe",
    "Thomas": "Tom",
    "Christopher": "Chris",
    "Charles": "Charlie",
    "Daniel": "Dan",
    "Matthew": "Matt",
    "Anthony": "Tony",
    "Steven": "Steve",
    "Andrew": "Andy",
    "Elizabeth": "Liz",
    "Jennifer": "Jen",
    "Patricia": "Pat",
    "Katherine": "Kate",
    "Margaret": "Maggie",
    "Rebecca": "Becky",
    "Samantha": "Sam",
    "Alexander": "Alex",
    "Nicholas": "Nick",
    "Benjamin": "Ben",
    "Samuel": "Sam",
    "Jessica": "Jess",
    "Stephanie": "Steph",
    "Francisco": "Paco",
    "José": "Pepe",
    "Giuseppe": "Beppe",
    "Francesco": "Checco",
    "Antonio": "Toni",
    "Katarzyna": "Kasia",
    "Małgorzata": "Gosia",
    "Krzysztof": "Krzysiek",
    "Wolfgang": "Wolfi",
    "Katharina": "Kathi",
    "Susanne": "Susi",
    "Maximilian": "Max",
    "Philippe": "Phil",
    "Nathalie": "Nat",
}
