# SPDX-License-Identifier: Apache-2.0
"""Spellings that sound alike: Wade-Giles, Hong Kong, Korean habits, Arabic, Russian and others. Written for the judge."""

from transferguard.testing.populations import Culture
from transferguard.testing.populations.shares import words

RESPELLED_NAMES = words("""Alice=Alyce John=Jon Sara=Sarah Steven=Stephen Katherine=Catherine Katherine=Kathryn Mark=Marc
        Eric=Erik Philip=Phillip Geoffrey=Jeffrey Brian=Bryan Alan=Allen Anne=Ann Teresa=Theresa Elizabeth=Elisabeth
        Michele=Michelle Nicolas=Nicholas Jonathan=Johnathan Matthew=Mathew Rachel=Rachael Rebecca=Rebekah Kristina=Christina
        Kristen=Kristin Karl=Carl Kurt=Curt Lori=Laurie Sean=Shawn Neil=Neal Stuart=Stewart Ashley=Ashleigh Megan=Meghan
        Lindsay=Lindsey Hannah=Hanna Emily=Emilie Sophia=Sofia Isabel=Isabelle Lucas=Lukas Luis=Louis Gabriel=Gabriele
        Smith=Smyth Brown=Browne Clark=Clarke Reed=Reid Thompson=Thomson Allen=Allan Philipp=Philip Meyer=Meier Maier=Mayer
        Schmidt=Schmitt Schulz=Schulze Hoffmann=Hofmann Fernandez=Fernandes Gonzalez=Gonzales Rodriguez=Rodrigues Perez=Peres
        Souza=Sousa Peterson=Petersen Anderson=Andersen Nielsen=Nilsen Green=Greene Cook=Cooke Lee=Leigh Davis=Davies Moore=More
        Kelly=Kelley Murphy=Murphey Bailey=Bayley Rogers=Rodgers Thomas=Tomas Christopher=Kristopher Jeffrey=Jeffery Susan=Suzan
        Deborah=Debra Carol=Carole Julie=Julia Helen=Helene Vivian=Vivien Kaitlyn=Caitlin Zoe=Zoey Aaron=Aron Dylan=Dillon
        Jamie=Jaime Joe=Jo Terry=Terri Tracy=Tracey Toni=Tony""")
RESPELLING_RULES = words("""i=y y=i c=k k=ck ck=k ph=f f=ff ff=f ll=l l=ll nn=n n=nn tt=t t=tt s=ss ss=s ie=y y=ie ee=ea ea=ee
        s=z z=s th=t ei=ie ai=ay ay=ai ou=u er=ar dt=t ö=oe ä=ae ü=ue ß=ss x=ks qu=kw w=v j=y sch=sh ch=tsch ão=ao ç=c""")

WADE_GILES_WHOLE = dict(
    pair.split("=")
    for pair in words("""zhi=chih chi=ch'ih shi=shih ri=jih zi=tzu ci=tz'u si=ssu er=erh yi=i you=yu yan=yen ye=yeh yong=yung
        ju=chü qu=ch'ü xu=hsü yu=yü he=ho ge=ko ke=k'o""")
)
WADE_GILES_INITIALS = [
    pair.split("=")
    for pair in words("""zh=ch ch=ch' sh=sh b=p p=p' d=t t=t' g=k k=k' j=ch q=ch' x=hs r=j z=ts c=ts' m=m f=f n=n l=l h=h y=y
        w=w""")
]
WADE_GILES_FINALS = [pair.split("=") for pair in words("""ong=ung ian=ien ie=ieh ue=üeh uan=uan ui=ui e=e iong=iung v=ü""")]
KEEPS_UO = frozenset({"k", "k'", "h", "sh"})

_CANTONESE_TEXT = """
    王Wong 李Lee 张Cheung 刘Lau 陈Chan 杨Yeung 黄Wong 赵Chiu 吴Ng 周Chow 徐Tsui 孙Suen 马Ma 朱Chu 胡Wu 郭Kwok 何Ho 林Lam 高Ko 罗Law
    郑Cheng 梁Leung 谢Tse 宋Sung 唐Tong 许Hui 邓Tang 韩Hon 冯Fung 曹Tso 彭Pang 曾Tsang 肖Siu 田Tin 董Tung 潘Poon 袁Yuen 蔡Choi 蒋Cheung
    余Yu 于Yu 杜To 叶Yip 程Ching 魏Ngai 苏So 吕Lui 丁Ting 任Yam 卢Lo 姚Yiu 沈Sham 钟Chung 姜Keung 崔Tsui 谭Tam 陆Luk 范Fan 汪Wong 廖Liu
    石Shek 金Kam 贾Ka 夏Ha 方Fong 邹Chow 熊Hung 白Pak 孟Mang 秦Chun 邱Yau 侯Hau 江Kong 尹Wan 薛Sit 雷Lui 史Sze 龙Lung 陶To 黎Lai 贺Ho
    毛Mo 顾Koo 万Man 严Yim 莫Mok 孔Hung 汤Tong 戴Tai 武Mo 钱Chin 国Kwok 建Kin 华Wah 文Man 明Ming 军Kwan 平Ping 志Chi 德Tak 荣Wing 福Fuk
    玉Yuk 成Shing 生Sang 庆Hing 海Hoi 永Wing 春Chun 树Shu 清Ching 光Kwong 忠Chung 义Yi 贵Kwai 祥Cheung 胜Shing 宝Po 学Hok 振Chun 世Sai
    家Ka 兴Hing 长Cheung 云Wan 山Shan 来Loi 才Choi 发Fat 喜Hei 保Po 全Chuen 有Yau 元Yuen 仁Yan 新Sun 东Tung 正Ching 立Lap 中Chung 民Man
    安On 富Fu 良Leung 顺Shun 士Sze 松Chung 英Ying 秀Sau 兰Lan 珍Chun 芳Fong 凤Fung 梅Mui 桂Kwai 红Hung 素So 淑Suk 霞Ha 香Heung 莲Lin
    琴Kam 花Fa 美Mei 丽Lai 月Yuet 爱Oi 翠Chui 菊Kuk 娥Ngo 仙Sin 惠Wai 娟Kuen 敏Man 彩Choi 燕Yin 琼King 群Kwan 萍Ping 丹Tan 青Ching
    小Siu 慧Wai 玲Ling 蓉Yung 莉Lei 瑛Ying 佩Pui 雪Suet 如Yu 雅Nga 伟Wai 强Keung 勇Yung 涛To 超Chiu 波Po 斌Pan 刚Kong 杰Kit 鹏Pang
    磊Lui 辉Fai 峰Fung 飞Fei 亮Leung 俊Chun 宇Yu 浩Ho 健Kin 凯Hoi 鑫Yam 洋Yeung 宏Wang 晓Hiu 江Kong 亚Ah 剑Kim 卫Wai 利Lee 彬Pan 兵Ping
    毅Ngai 雄Hung 天Tin 博Pok 阳Yeung 思Sze 康Hong 力Lik 欣Yan 子Tsz 嘉Ka 诗Sze 琪Ki 怡Yi 婷Ting 静Ching 颖Wing 琳Lam 佳Kai 雯Man
    欢Foon 乐Lok 朗Long 轩Hin 熙Hei 晴Ching 悦Yuet 心Sum 恩Yan 铭Ming 睿Yui 泽Chak 梓Tsz
"""
CANTONESE = {entry[0]: entry[1:] for entry in words(_CANTONESE_TEXT)}
"""A character to its usual spelling on Hong Kong documents (government romanisation, no tones)."""

HABITUAL_KOREAN = [
    pair.split("=")
    for pair in words("""cheol=chul su=soo yeong=young hyeon=hyun jeong=jung gyeong=kyung eun=eun hui=hee seong=sung u=woo
        jun=joon min=min""")
]

SPELLING_RULES = {
    Culture.ARABIC: words("""Mohamed=Muhammad Mohamed=Mohammed Mohamed=Mohamad Ahmed=Ahmad Hussein=Hussain Hussein=Husayn
        Youssef=Yusuf Youssef=Yousef Omar=Umar Khaled=Khalid Said=Saeed Sherif=Sharif Gamal=Jamal El-=Al- Al-=El- ou=u ee=i
        ei=ay q=k kh=k sh=ch y=i dh=z Fatima=Fatma Aisha=Aysha Layla=Leila Zainab=Zeinab Nour=Noor Hassan=Hasan Mahmoud=Mahmud
        Ibrahim=Ebrahim Othman=Osman Mostafa=Mustafa Tarek=Tariq Khadija=Khadeeja Abdullah=Abdallah Yasser=Yasir
        Suleiman=Sulayman Huda=Hoda Mona=Muna"""),
    Culture.CYRILLIC: words("""ii=y iy=y ia=ya iu=yu kh=h ts=c shch=sch zh=j ks=x Aleksandr=Alexander Aleksei=Alexey
        Sergei=Sergey Dmitrii=Dmitry Andrei=Andrey Evgenii=Eugene Iurii=Yuri Nikolai=Nikolay Mikhail=Michael Iuliia=Julia
        Mariia=Maria Ekaterina=Catherine Anastasiia=Anastasia Ivan=Iwan v=w ov=off ei=ey ai=ay Pavel=Paul Petr=Peter e=ye
        Svetlana=Swetlana Natalia=Nataliya Viktoriia=Victoria Kseniia=Xenia Iana=Yana Tatiana=Tatyana Elena=Yelena"""),
    Culture.JAPANESE: words("""shi=si chi=ti tsu=tu fu=hu ji=zi o=oh o=ou u=uu sh=sy ch=ty ei=ee n=m jo=jyo ju=jyu"""),
    Culture.INDIAN: words("""ee=i i=ee oo=u u=oo v=w w=v sh=s aa=a a=aa th=t Pooja=Puja Geeta=Gita Meena=Mina Lakshmi=Laxmi
        Chaudhary=Choudhury Mukherjee=Mukherji Agarwal=Aggarwal Pandey=Pande Deepak=Dipak Sandeep=Sandip Shweta=Sweta
        Jyoti=Jyothi Banerjee=Bannerjee Chatterjee=Chatterji Srivastava=Shrivastava"""),
    Culture.THAI: words("""ph=p th=t kh=k ch=j Somchai=Somchay ai=ay r=l ong=hong i=ee a=ah t=d k=g W=V Ch=J Wong=Vong wat=vat
        u=oo o=or phon=porn phong=pong"""),
    Culture.VIETNAMESE: words("y=i i=y Nguyen=Nguyn Hoang=Huynh Vu=Vo oa=ua"),
}
