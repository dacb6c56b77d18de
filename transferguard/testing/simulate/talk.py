# SPDX-License-Identifier: Apache-2.0
"""What do people write just before they pay? Lines written for the simulator, in the languages of the nine cultures.

Honest lines speak of money too: rent, a shared dinner, a friend who really needs a loan. They are divided over the three splits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transferguard.testing.populations import Culture
from transferguard.testing.split import Split, part_of

if TYPE_CHECKING:
    from random import Random

REQUESTS: dict[Culture, tuple[str, ...]] = {
    Culture.CHINESE: (
        "急用，先借我五千，明天还你",
        "在吗？帮我转个账，我这边银行卡限额了",
        "我换号了，以后用这个号，先转我三千应急",
        "出了点事，别打电话，不方便接，先转过来",
        "能不能先帮我垫一下，晚上就还",
        "开会呢不能说话，麻烦现在转给我",
        "手机坏了，钱在旧号里，借我两千行吗",
        "朋友住院急需交费，快点转给我",
    ),
    Culture.LATIN: (
        "Hi, it's urgent, can you lend me some money until tomorrow?",
        "I lost my phone, this is my new number. Could you send me 500 right away?",
        "Please don't call, I'm in a meeting. Just transfer it now.",
        "My card is blocked, can you pay this for me? I'll pay you back tonight.",
        "Necesito un favor urgente, ¿me puedes prestar dinero?",
        "Hallo, das ist meine neue Nummer. Kannst du mir schnell Geld überweisen?",
        "Estou numa emergência, faz um pix pra mim agora?",
        "I need the code you just got, and then the money please.",
    ),
    Culture.CYRILLIC: (
        "Привет, срочно нужны деньги, займи до завтра",
        "Это мой новый номер, переведи сюда, пожалуйста",
        "Не звони, я на совещании, просто переведи",
        "Карту заблокировали, выручи, вечером верну",
    ),
    Culture.ARABIC: (
        "أحتاج مبلغ ضروري، ممكن تسلفني لبكرة؟",
        "هذا رقمي الجديد، حول لي المبلغ الآن",
        "لا تتصل، أنا في اجتماع، فقط حول المبلغ",
        "بطاقتي متوقفة، ساعدني وسأرجعها الليلة",
    ),
    Culture.KOREAN: (
        "급한데 돈 좀 빌려줄 수 있어? 내일 줄게",
        "번호 바꿨어, 지금 여기로 송금해줘",
        "전화는 안 돼, 회의 중이야. 바로 이체 부탁해",
        "카드가 막혔어, 대신 보내주면 저녁에 갚을게",
    ),
    Culture.JAPANESE: (
        "急なんだけど、お金を貸してくれない？明日返すよ",
        "番号が変わりました。今すぐここに送金してほしい",
        "電話はできないから、とりあえず振り込んで",
        "カードが使えなくて、立て替えてもらえる？",
    ),
    Culture.VIETNAMESE: (
        "Mình đang cần gấp, cho mình mượn tiền tới mai nhé",
        "Số mới của mình đây, chuyển khoản ngay giúp mình",
        "Đừng gọi, đang họp, chuyển luôn nhé",
        "Thẻ bị khoá rồi, ứng giúp mình tối trả",
    ),
    Culture.INDIAN: (
        "Bhai urgent hai, thode paise udhaar de do, kal de dunga",
        "This is my new number, please send the money now",
        "Call mat karna, meeting mein hoon, bas transfer kar do",
        "तुरंत पैसे चाहिए, उधार दे दो",
    ),
    Culture.THAI: (
        "ด่วนมาก ยืมเงินหน่อย พรุ่งนี้คืน",
        "เปลี่ยนเบอร์แล้ว โอนมาบัญชีนี้เลยนะ",
        "อย่าโทรมา ประชุมอยู่ โอนมาก่อน",
        "บัตรถูกล็อก ช่วยออกให้ก่อน เย็นนี้คืน",
    ),
}
"""What thieves write."""

HONEST: dict[Culture, tuple[str, ...]] = {
    Culture.CHINESE: (
        "昨天的饭钱 AA，一人八十六",
        "这个月的房租麻烦转一下",
        "东西已经发货了，运费算我的",
        "孩子的班费五十，收到回个 1",
        "生日快乐！",
        "周末聚餐我先付了，你转我就行",
        "上次借你的书看完了",
        "好的，谢谢，明天见",
    ),
    Culture.LATIN: (
        "Dinner was 24 each, you can send it whenever.",
        "Here is the invoice for May, thanks!",
        "The bike is ready, you can pick it up on Saturday.",
        "Happy birthday!",
        "Your half of the tickets is 40.",
        "Thanks, see you tomorrow.",
        "Die Miete für Juni, danke dir!",
        "¿Me mandas lo de la cena?",
    ),
    Culture.CYRILLIC: ("Скидываемся на подарок, по 500", "Оплата за урок, спасибо", "С днём рождения!", "Спасибо, до завтра"),
    Culture.ARABIC: ("حساب العشاء خمسون لكل واحد", "إيجار الشهر من فضلك", "كل عام وأنت بخير", "شكرا، أراك غدا"),
    Culture.KOREAN: ("어제 저녁값 만오천원이야", "이번 달 월세 부탁드려요", "생일 축하해!", "고마워, 내일 봐"),
    Culture.JAPANESE: ("昨日の食事代、二千円です", "今月の家賃をお願いします", "誕生日おめでとう", "ありがとう、また明日"),
    Culture.VIETNAMESE: ("Tiền ăn tối qua mỗi người một trăm", "Tiền nhà tháng này nhé", "Chúc mừng sinh nhật!", "Cảm ơn, mai gặp"),
    Culture.INDIAN: ("Kal ke dinner ka share 300 hai", "Rent for this month please", "Happy birthday!", "धन्यवाद, कल मिलते हैं"),
    Culture.THAI: ("ค่าอาหารเมื่อวานคนละร้อยห้าสิบ", "ค่าเช่าเดือนนี้ค่ะ", "สุขสันต์วันเกิด", "ขอบคุณ เจอกันพรุ่งนี้"),
}
"""What honest people write."""

HONEST_LOANS: dict[Culture, tuple[str, ...]] = {
    Culture.CHINESE: ("最近手头紧，能借我两千吗？下月发工资还你", "急用钱，借我三千行不行"),
    Culture.LATIN: ("Could you lend me 100 until Friday?", "I'm short this month, can you help me out?"),
    Culture.CYRILLIC: ("Можешь занять тысячу до пятницы?", "Выручи, пожалуйста, до зарплаты"),
    Culture.ARABIC: ("ممكن تسلفني مئتين للجمعة؟", "محتاج مساعدة لآخر الشهر"),
    Culture.KOREAN: ("금요일까지 오만원만 빌려줄래?", "월급 전까지 조금 도와줄 수 있어?"),
    Culture.JAPANESE: ("金曜まで五千円貸してくれる？", "給料日まで少し助けてほしい"),
    Culture.VIETNAMESE: ("Cho mình mượn năm trăm tới thứ sáu nhé?", "Tháng này hơi kẹt, giúp mình chút"),
    Culture.INDIAN: ("Friday tak 500 udhaar milega?", "Salary aane tak thodi madad kar do"),
    Culture.THAI: ("ยืมห้าร้อยถึงวันศุกร์ได้ไหม", "เดือนนี้ช็อต ช่วยหน่อยนะ"),
}
"""Friends who really need money."""

COURSE_OFFERS: dict[Culture, tuple[str, ...]] = {
    Culture.CHINESE: ("小程序里的课程现在报名只要 4980，名额有限，马上付款", "跟着老师学投资，先交学费，保证回本"),
    Culture.LATIN: (
        "The masterclass is 990 today only, pay here to keep your place",
        "Our trading course pays for itself, transfer the fee now",
    ),
}
"""What sellers of worthless courses write; English outside China."""


def line(table: dict[Culture, tuple[str, ...]], culture: Culture, rng: Random, *, split: Split | None) -> str:
    """One line of a table in the language of the culture, from the allowed part where that part has any."""
    lines = table.get(culture, table[Culture.LATIN])
    return rng.choice(part_of("talk", lines, split) or lines)
