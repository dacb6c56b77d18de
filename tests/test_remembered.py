# SPDX-License-Identifier: Apache-2.0
"""What was worked out of these very values is not worked out again, and not mistaken for that of others."""

from transferguard.remembered import Remembered


def test_the_same_values_are_worked_on_once_and_equal_ones_again():
    """Identity counts: a list that equals another is another one."""
    worked = []

    def work(values, *, more):
        worked.append(values)
        return len(values) + more

    remembered = Remembered(work, most=2)
    first, equal = [1, 2], [1, 2]
    assert [remembered(first, more=1), remembered(first, more=1), remembered(equal, more=1), remembered(first, more=2)] == [3, 3, 3, 4]
    assert len(worked) == 3


def test_only_so_many_answers_are_kept():
    """Beyond, and when told to forget, all are given up."""
    worked = []

    def work(value):
        worked.append(value)
        return value

    remembered = Remembered(work, most=2)
    values = [object(), object(), object()]
    for value in (*values, values[0]):
        remembered(value)
    assert len(worked) == 4
    remembered.forget()
    remembered(values[0])
    assert len(worked) == 5
