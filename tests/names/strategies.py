# SPDX-License-Identifier: Apache-2.0
"""Names for property tests: ordinary ones, hostile ones, and what leaves no ink."""

from hypothesis import strategies as st

INKLESS = "\u200b\u200c\u2060\ufeff\u00ad\u034f\u115f\u3164\u202a\u202c\u2066\u2069\ufe00\U000e0041\U000e0100"

HAN_NAMES = st.sampled_from(["李思远", "张伟", "王建国", "陈丽华", "欧阳思远", "赵一鸣", "毕小川", "林徽", "国强"])
LATIN_NAMES = st.sampled_from(["Alice Brown", "John Smith", "María García López", "Jürgen Müller", "Mohammed Ali", "Nguyễn Văn Anh"])
OTHER_NAMES = st.sampled_from(["Иван Петров", "김철수", "さとう はなこ", "محمد علي", "राम कुमार", "สมชาย ใจดี", "佐藤太郎"])
NAMES = st.one_of(HAN_NAMES, LATIN_NAMES, OTHER_NAMES)
ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(codec=None), max_size=30),
    st.text(alphabet=INKLESS + "李明A b\ud800\x00\n", max_size=30),
    NAMES,
)
