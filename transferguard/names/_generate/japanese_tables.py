# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 - a table reads better with its rows whole
"""Writes `readings_japanese.txt`: how the Han characters of Japanese names are read, in the plain form of `japanese`."""

from __future__ import annotations

import re

from transferguard.names._generate.sources import UNICODE_SOURCE, unihan, write_table
from transferguard.names.japanese import plain_sound

# Readings that characters have in names above all, written down for this project.
_IN_NAMES = """一 kazu ichi|美 mi yoshi|真 ma|由 yu|大 hiro dai oo|翔 sho to|優 yu|央 o hiro|衣 i e|秀 hide|樹 ki ju|希 ki nozomi|康 ko yasu|平 hei taira|沙 sa|奈 na|直 nao|太 ta|早 saki haya|紀 ki nori|郎 ro|夫 o|春 haru|司 ji shi|隼 haya|人 to hito|裕 yu hiro|俊 shun toshi|介 suke|咲 saki|子 ko|恵 e megu megumi|香 ka kaori|菜 na|代 yo|江 e|枝 e|智 tomo chi|彦 hiko|博 hiro|正 masa|雄 o yu|明 aki|孝 taka|信 nobu|義 yoshi|良 yoshi ryo|隆 taka|宏 hiro ko|浩 hiro ko|章 aki|昭 aki|光 mitsu|輝 teru ki|弘 hiro|成 nari|幸 yuki sachi|純 jun|陽 haru yo|結 yu|愛 ai mana|葵 aoi|蓮 ren|悠 yu haru|斗 to|颯 so haya|湊 minato|心 kokoro|花 hana ka|凛 rin|小 ko o|上 kami ue|下 shita shimo|川 kawa|原 hara|谷 tani ya|新 ara ni shin|神 kami kan|長 naga|高 taka|永 naga|黒 kuro|青 ao|赤 aka|白 shira shiro|浅 asa|広 hiro|遠 en|藤 to fuji|安 yasu an a|近 kon|斎 sai|斉 sai|渡 wata|辺 nabe be|邊 nabe be|邉 nabe be|木 ki gi|口 kuchi|橋 hashi|林 hayashi|本 moto|元 moto|村 mura|井 i|崎 saki|島 shima|嶋 shima|岡 oka|田 ta|野 no|山 yama|中 naka|内 uchi|西 nishi|東 higashi azuma|北 kita|南 minami|石 ishi|松 matsu|竹 take|杉 sugi|桜 sakura|梅 ume|池 ike|沢 sawa|澤 sawa|坂 saka|塚 tsuka|瀬 se|津 tsu|浦 ura|浜 hama|濱 hama|江 e|清 shi kiyo|水 mizu|森 mori|吉 yoshi kichi|福 fuku|佐 sa|伊 i|加 ka|工 ku|服 hat|部 be tori|鈴 suzu|三 mi zo|五 go|十 to|二 ji|次 ji|治 ji haru|志 shi|史 fumi shi|士 shi|吾 go|助 suke|輔 suke|佑 yu suke|祐 yu|貴 taka ki|哉 ya|也 ya|矢 ya|弥 ya|美 mi|実 mi|未 mi|海 umi mi|理 ri|里 ri sato|梨 ri|莉 ri|絵 e|恵 e|江 e|栄 ei sakae|英 hide ei|昌 masa|雅 masa|政 masa|勝 katsu masaru|克 katsu|敏 toshi|利 toshi|年 toshi|典 nori|則 nori|憲 ken nori|徳 nori toku|和 kazu wa|千 chi|知 tomo|友 tomo|朋 tomo|奈 na|名 na|那 na|菜 na|亜 a|亮 ryo|涼 ryo|龍 ryu tatsu|竜 ryu tatsu|聡 satoshi so|哲 tetsu|健 ken takeshi|剛 tsuyoshi go|武 takeshi take|豊 yutaka|誠 makoto|進 susumu|修 osamu shu|茂 shigeru|清 kiyoshi|実 minoru|稔 minoru|洋 yo hiroshi|浩 hiroshi|博 hiroshi|寛 hiroshi|隆 takashi|孝 takashi|桃 momo|遥 haruka|楓 kaede|杏 an|凪 nagi|蒼 ao so|律 ritsu|朝 asa|陸 riku|空 sora|織 ori|彩 aya sai|之 yuki no|明 akira|光 hikaru|樹 itsuki|細 hoso|陸 riku|琴 koto|葉 ha yo|麻 ma asa|瑞 mizu|穂 ho|音 ne oto|乃 no|那 na|羽 ha wa|紗 sa|詩 shi uta|月 tsuki|星 hoshi|夏 natsu|秋 aki|冬 fuyu|雪 yuki|道 michi|貞 sada|定 sada|重 shige|茂 shige|忠 tada|直 tada|久 hisa|寿 hisa|永 ei|晴 haru|晃 akira|彰 akira|昭 akira|朗 ro|弓 yumi|百 mo|合 ri|音 ne|衛 e|門 mon|丸 maru|尾 o|越 koshi|関 seki|堀 hori|辻 tsuji|岸 kishi|星 hoshi|熊 kuma|荒 ara|稲 ina|麦 mugi|倉 kura|蔵 kura zo|戸 to do|門 kado|根 ne|久 ku|保 ho|平 hira|今 ima|後 go|前 mae|奥 oku|宮 miya|城 shiro ki|堂 do|寺 tera|片 kata|横 yoko|丹 tan|羽 ha|柳 yanagi|柴 shiba|桑 kuwa|栗 kuri|榎 enoki|柏 kashi|菊 kiku|萩 hagi|菅 suga kan|芦 ashi|荻 ogi|萱 kaya|長谷 hase|服部 hatori|五十嵐 igarashi|明日 asu|大和 yamato|日向 hinata|百合 yuri|小百合 sayuri|陽菜 hina|心愛 kokoa|木下 kinoshita|井上 inoue|上野 ueno|明日香 asuka|男 o|也 nari|佳 yoshi ka|音 ne|神尾 kamio|寺内 terauchi|今日 kyo|飛鳥 asuka|日和 hiyori|和泉 izumi|服部 hattori|東海林 shoji|小鳥遊 takanashi|長谷川 hasegawa|佐伯 saeki|海老 ebi|山城 yamashiro|一色 isshiki|二宮 ninomiya|三宅 miyake|八木 yagi|四宮 shinomiya|西園寺 saionji|伊集院 ijuin|向日葵 himawari|紅葉 momiji|七夕 tanabata|桜子 sakurako|菜々 nana|奈々 nana"""
_MOST_READINGS = 6
_OKURIGANA = re.compile("(?:i|ii|shii|ru|u|ku|mu|su|bu|eru|aru|sai|shi)$")
_SHORTEST = 2


def main() -> None:
    """Write the table."""
    in_use = {char for field in ("kJoyoKanji", "kJinmeiyoKanji") for char, _ in unihan("OtherMappings", field)}
    named: dict[str, list[str]] = {}
    for item in _IN_NAMES.split("|"):
        char, *readings = item.split()
        named.setdefault(char, []).extend(readings)
    kun = {char: value.lower().split() for char, value in unihan("Readings", "kJapaneseKun")}
    on = {char: value.lower().split() for char, value in unihan("Readings", "kJapaneseOn")}
    rows = []
    for char in sorted(in_use | set(named)):
        native = kun.get(char, [])
        stems = [stem for word in native if len(stem := _OKURIGANA.sub("", word)) >= _SHORTEST and stem != word]
        # Names first, then the first native and foreign readings in turn.
        both = [
            one
            for pair in zip([*native[:2], *stems[:2], "", ""], [*on.get(char, [])[:2], "", "", "", ""], strict=False)
            for one in pair
            if one
        ]
        plain = dict.fromkeys(plain_sound(one) for one in (*named.get(char, ()), *both))
        kept = [one for one in plain if one][:_MOST_READINGS]
        if kept:
            rows.append((char, " ".join(kept)))
    write_table("readings_japanese.txt", rows, made_by="japanese_tables.py", sources=[UNICODE_SOURCE])


if __name__ == "__main__":
    main()
