# SPDX-License-Identifier: Apache-2.0
"""Japanese people: a surname of mostly two Kanji and a given name of one to three Kanji or Kana.

Sources: order and shares of surnames follow the telephone-book counts that Meiji Yasuda Life published (佐藤 1.5 %, 鈴木 1.4 %,
first hundred about a third); given names follow the same company's yearly rankings, joined over generations. Shares fall by rank.
Rarer surnames are composed of two usual Kanji. Every part stands with its reading, written without macrons.
"""

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Mixed, Shares, even, ranked

_SURNAMES = """佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe 山本:yamamoto 中村:nakamura 小林:kobayashi
    加藤:kato 吉田:yoshida 山田:yamada 佐々木:sasaki 山口:yamaguchi 松本:matsumoto 井上:inoue 木村:kimura 林:hayashi 斎藤:saito
    清水:shimizu 山崎:yamazaki 森:mori 池田:ikeda 橋本:hashimoto 阿部:abe 石川:ishikawa 山下:yamashita 中島:nakajima 石井:ishii
    小川:ogawa 前田:maeda 岡田:okada 長谷川:hasegawa 藤田:fujita 後藤:goto 近藤:kondo 村上:murakami 遠藤:endo 青木:aoki 坂本:sakamoto
    斉藤:saito 福田:fukuda 太田:ota 西村:nishimura 藤井:fujii 金子:kaneko 岡本:okamoto 藤原:fujiwara 三浦:miura 中野:nakano
    中川:nakagawa 原田:harada 松田:matsuda 竹内:takeuchi 小野:ono 田村:tamura 中山:nakayama 和田:wada 石田:ishida 森田:morita 上田:ueda
    原:hara 内田:uchida 柴田:shibata 酒井:sakai 宮崎:miyazaki 横山:yokoyama 高木:takagi 安藤:ando 宮本:miyamoto 大野:ono 小島:kojima
    谷口:taniguchi 今井:imai 工藤:kudo 高田:takada 増田:masuda 丸山:maruyama 杉山:sugiyama 村田:murata 大塚:otsuka 新井:arai 小山:koyama
    藤本:fujimoto 平野:hirano 河野:kono 上野:ueno 武田:takeda 野口:noguchi 松井:matsui 千葉:chiba 菅原:sugawara 岩崎:iwasaki
    久保:kubo 木下:kinoshita 佐野:sano 野村:nomura 松尾:matsuo 市川:ichikawa 菊地:kikuchi 渡邊:watanabe 島田:shimada"""
_STEMS = """山:yama 川:kawa 田:ta 森:mori 松:matsu 竹:take 杉:sugi 梅:ume 桜:sakura 藤:fuji 石:ishi 岩:iwa 青:ao 赤:aka 白:shira
    黒:kuro 大:o 小:ko 高:taka 長:naga 古:furu 新:ara 東:higashi 西:nishi 南:minami 北:kita 上:ue 中:naka 奥:oku 前:mae 福:fuku 吉:yoshi
    安:yasu 平:hira 永:naga 荒:ara 細:hoso 広:hiro 秋:aki 春:haru 稲:ina 堀:hori 関:seki 柳:yanagi 宮:miya 寺:tera 神:kami 島:shima 浜:hama
    沢:sawa"""
_ENDINGS = """田:da 本:moto 村:mura 山:yama 川:kawa 野:no 原:hara 井:i 木:ki 沢:zawa 崎:saki 島:shima 岡:oka 谷:tani 口:guchi 部:be 内:uchi
    下:shita 上:kami 森:mori 林:bayashi 橋:hashi 津:tsu 浜:hama 塚:tsuka 尾:o 瀬:se 永:naga 池:ike 倉:kura"""
_MEN = """翔太:shota 健太:kenta 大輔:daisuke 誠:makoto 健一:kenichi 浩:hiroshi 隆:takashi 大樹:daiki 拓也:takuya 和也:kazuya 達也:tatsuya
    直樹:naoki 哲也:tetsuya 学:manabu 剛:tsuyoshi 茂:shigeru 清:kiyoshi 勝:masaru 実:minoru 進:susumu 正:tadashi 博:hiroshi 修:osamu
    豊:yutaka 明:akira 勇:isamu 蓮:ren 陽翔:haruto 悠真:yuma 湊:minato 大翔:hiroto 樹:itsuki 颯太:sota 陸:riku 駿:shun 翼:tsubasa 亮:ryo
    雄太:yuta 裕太:yuta 智也:tomoya 秀樹:hideki 和夫:kazuo 幸雄:yukio 義明:yoshiaki 一郎:ichiro 太郎:taro 次郎:jiro 恵一:keiichi 雅人:masato
    俊介:shunsuke 康平:kohei 優斗:yuto 涼介:ryosuke 圭佑:keisuke 慎一:shinichi 洋平:yohei 光:hikaru 隼人:hayato 竜也:tatsuya"""
_WOMEN = """美咲:misaki 愛:ai 陽菜:hina 結衣:yui 葵:aoi 凛:rin さくら:sakura 花子:hanako 裕子:yuko 恵子:keiko 和子:kazuko 幸子:sachiko
    洋子:yoko 久美子:kumiko 由美子:yumiko 真由美:mayumi 直美:naomi 明美:akemi 智子:tomoko 陽子:yoko 京子:kyoko 恵:megumi 彩:aya 舞:mai
    麻衣:mai 美穂:miho 香織:kaori 沙織:saori 千尋:chihiro 優:yu 美優:miyu 莉子:riko 七海:nanami 遥:haruka 未来:miku 明日香:asuka 瞳:hitomi
    綾:aya 友美:tomomi 里奈:rina 桃子:momoko 典子:noriko 節子:setsuko 文子:fumiko ひろみ:hiromi みゆき:miyuki まゆみ:mayumi ゆかり:yukari
    理恵:rie 純子:junko 順子:junko 弘美:hiromi 早紀:saki 詩織:shiori 萌:moe 楓:kaede"""
_MEN_ENDINGS = "太:ta 郎:ro 人:to 也:ya 樹:ki 平:hei 介:suke 夫:o 雄:o 男:o 之:yuki 彦:hiko 一:ichi 司:shi 吾:go 希:ki 輝:ki 斗:to"
_WOMEN_ENDINGS = "子:ko 美:mi 香:ka 恵:e 奈:na 菜:na 花:ka 代:yo 江:e 衣:i 乃:no 央:o 羽:ha 里:ri 織:ori 実:mi 音:ne 希:ki"
_GIVEN_STEMS = """優:yu 真:ma 美:mi 結:yu 和:kazu 智:tomo 健:ken 大:dai 雄:yu 英:hide 正:masa 弘:hiro 秀:hide 直:nao 幸:yuki 明:aki 佳:yoshi
    奈:na 友:tomo 絵:e 由:yu 亜:a 千:chi 沙:sa 麻:ma 梨:ri 春:haru 夏:natsu 涼:ryo 康:yasu 孝:taka 慎:shin 俊:shun 哲:tetsu 光:mitsu
    文:fumi"""


def _readings(*tables: str) -> dict[str, str]:
    pairs = (entry.split(":") for table in tables for entry in table.split())
    return {parts[0]: parts[1] for parts in reversed(list(pairs))}


_FAMILY_READINGS = _readings(_SURNAMES, _STEMS)
_GIVEN_READINGS = _readings(_MEN, _WOMEN, _GIVEN_STEMS)
_ENDING_READINGS = {"family": _readings(_ENDINGS), "given": _readings(_MEN_ENDINGS, _WOMEN_ENDINGS)}


def _read(text: str, whole: dict[str, str], endings: dict[str, str]) -> str:
    return whole.get(text) or whole.get(text[:1], "") + endings.get(text[1:], "")


def to_romaji(family: str, given: str) -> str:
    """A name in Latin letters, given name first."""
    surname = _read(family, _FAMILY_READINGS, _ENDING_READINGS["family"])
    return f"{_read(given, _GIVEN_READINGS, _ENDING_READINGS['given']).capitalize()} {surname.capitalize()}"


def _given(whole: str, endings: str) -> Shares:
    composed = Joined(first=Listed(even(_readings(_GIVEN_STEMS))), second=Listed(even(_readings(endings))))
    return Mixed((0.6, Listed(ranked((entry.split(":")[0] for entry in whole.split()), top=0.035))), (0.4, composed))


def japanese() -> Population:
    """People of Japan, men and women in equal parts."""
    head = ranked((entry.split(":")[0] for entry in _SURNAMES.split()), top=0.015, total=0.34)
    tail = Joined(first=Listed(even(_readings(_STEMS))), second=Listed(even(_readings(_ENDINGS))))
    family = Mixed((0.34, Listed(head)), (0.66, tail))
    given = {Gender.MALE: _given(_MEN, _MEN_ENDINGS), Gender.FEMALE: _given(_WOMEN, _WOMEN_ENDINGS)}
    return Population(
        culture=Culture.JAPANESE,
        cohorts=[Cohort(weight=0.5, country="JP", gender=gender, born=1980, family=family, given=given[gender]) for gender in Gender],
        family_first=True,
        separator="",
        to_latin=to_romaji,
    )
