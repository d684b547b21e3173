"""Studies that have everything that can stand beside the effects, or nearly nothing of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

GROUPS = """
[[survey.subgroups]]
id = "sex"

[[survey.subgroups]]
id = "age"
cuts = [30, 45]

[[survey.subgroups]]
id = "site"
label.en = "Site"

[[survey.families]]
id = "main"
label.en = "Outlook"

[[survey.items]]
id = "job"
"""
THEMES = """
[[survey.themes]]
value = "plan"
label.en = "A plan"

[[survey.themes]]
value = "money"
label.en = "Money_and more"

[survey.assignment]
"""


def _groups(study: Any) -> None:
    study.toml('\n[[survey.items]]\nid = "job"\n', GROUPS)


def _tables(study: Any, people: pd.DataFrame) -> None:
    """Staff who answer about people, and two coders of what people wrote."""
    study.toml("baseline_wave = 1\n", 'baseline_wave = 1\nstaff_answers = "staff.csv"\n'
               'staff_items = ["job"]\nopen_answers = "open.csv"\n')  # fmt: skip
    study.toml("\n[survey.assignment]\n", THEMES)
    study.put("staff.csv", pd.DataFrame(
        {"person": people["person"], "wave": "2", "job": [str(k % 5 + 1) for k in people.index]}
    ))  # fmt: skip
    study.put("open.csv", pd.DataFrame(
        [(person, "2", coder, "plan" if (k + (coder == "b" and k % 7 == 0)) % 2 else "money")
         for k, person in enumerate(people["person"]) for coder in "ab"],
        columns=["person", "wave", "coder", "theme"],
    ))  # fmt: skip


def everything(study: Any) -> None:
    """Subgroups, a family, staff answers, open answers and a queue."""
    _groups(study)
    answers = study.table("answers.csv")
    seen = answers[answers["wave"] == "2"]["person"]
    people = study.table("people.csv")
    _tables(study, people[people["person"].isin(seen)].reset_index(drop=True))
    study.toml("\n[survey.assignment]\n", '\n[[survey.queue]]\nblock = "norr"\nmonths = 7\n'
               "\n[survey.assignment]\n")  # fmt: skip


def few_wrote(study: Any) -> None:
    """Three people wrote, and staff answered about three: too few to be shown."""
    answers = study.table("answers.csv")
    seen = answers[answers["wave"] == "2"]["person"]
    people = study.table("people.csv")
    _tables(study, people[people["person"].isin(seen)].head(3).reset_index(drop=True))


def three_in_a_group(study: Any) -> None:
    """An arm with three people in a level."""
    _groups(study)

    def few(people: pd.DataFrame) -> pd.DataFrame:
        waiting = people.index[people["arm"] == "waiting"]
        return people.assign(
            sex=["woman" if k in waiting[:3] or (k not in waiting and k % 2) else "man"
                 for k in people.index]
        )  # fmt: skip

    study.edit("people.csv", few)


def one_item(study: Any) -> None:
    """A single item: no family, no index, nothing to correct for."""
    study.toml('[[survey.items]]\nid = "health"\nlabel.en = "Own health"\n'
               'text.en = "How is your health?"\n', "")  # fmt: skip
    study.edit("answers.csv", lambda f: f.drop(columns="health"))
    _groups(study)


def many_items(study: Any) -> None:
    """More items than fit beside one another on two pages."""
    names = [f"item{k}" for k in range(1, 9)]
    more = "".join(
        f'\n[[survey.items]]\nid = "{n}"\nlabel.en = "{n}"\ntext.en = "{n}?"\n' for n in names
    )
    study.toml("\n[register]\n", more + "\n[register]\n")
    study.edit("answers.csv", lambda f: f.assign(
        **{n: [str((k * (j + 3) + j) % 5 + 1) for k in f.index] for j, n in enumerate(names)}
    ))  # fmt: skip
    _groups(study)


def two_waves_to_both(study: Any) -> None:
    """The last survey went to both arms as well."""
    study.toml('month = 12\narms = ["control"]\n', "month = 12\n")

    def again(answers: pd.DataFrame) -> pd.DataFrame:
        later = answers[answers["wave"] == "2"].assign(wave="3")
        return pd.concat([answers[answers["wave"] != "3"], later], ignore_index=True)

    study.edit("answers.csv", again)


REGISTER_GROUPS = """
[[register.subgroups]]
id = "foreign_born"

[[register.subgroups]]
id = "entry"
source = "draw"
dates = [2019-02-01]
label.en = "Drawn"

[register.assignment]
"""


def register_groups(study: Any) -> None:
    """Subgroups of the register experiment, one of them by when people were drawn."""
    study.toml("\n[register.assignment]\n", REGISTER_GROUPS)


def few_in_a_register_group(study: Any) -> None:
    """Four people of a level in an arm, and a third of the months missing."""
    register_groups(study)

    def few(people: pd.DataFrame) -> pd.DataFrame:
        drawn = people.index[people["arm"] == "drawn"]
        return people.assign(
            foreign_born=["1" if k in drawn[:4] or k not in drawn else "0" for k in people.index]
        )

    study.edit("drawn.csv", few)
    study.edit("months.csv", lambda f: f[(f.index % 3 != 2) | (f["person"].astype(int) % 3 != 0)])


ODD = {
    "register subgroups": register_groups,
    "few in a register subgroup": few_in_a_register_group,
    "everything beside the effects": everything,
    "three people wrote and staff answered about three": few_wrote,
    "three people of an arm in a subgroup": three_in_a_group,
    "one item": one_item,
    "ten items": many_items,
    "two surveys to both arms": two_waves_to_both,
}
