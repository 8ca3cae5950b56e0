from __future__ import annotations

import ast
import unicodedata
from collections import Counter
from collections.abc import Iterator
from gettext import GNUTranslations
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from tests import update_translations as catalogue
from tests.update_translations import all_forms
from tui import i18n
from tui.i18n import LANGUAGES, N_, _, detect_language, ngettext, use_catalog, use_language
from tui.library.periods import format_period
from tui.models import Problem

OTHERS = LANGUAGES[1:]
every_other = pytest.mark.parametrize("language", OTHERS)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _text, name, *_rest in Formatter().parse(text) if name is not None)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


class TestLanguage:
    @pytest.mark.parametrize(
        ("environment", "language"),
        [
            ({}, "en"),
            ({"LANG": "ko_KR.UTF-8"}, "ko"),
            ({"LANG": "ko"}, "ko"),
            ({"LANG": "KO_KR"}, "ko"),
            ({"LANG": "ko_KR@euro"}, "ko"),
            ({"LANG": "kok_IN"}, "en"),
            ({"LANG": "fr_FR.UTF-8"}, "en"),
            ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
            ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
            ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
            ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "ko_KR"}, "ko"),
            ({"LANG": "ko_KR.UTF-8", "LC_CTYPE": "en_US.UTF-8"}, "ko"),
            ({"LANG": "en_US.UTF-8", "LANGUAGE": "ko"}, "ko"),
            ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:ko_KR:en"}, "ko"),
            ({"LANG": "ko_KR.UTF-8", "LANGUAGE": "en:ko"}, "en"),
            ({"LANG": "ko_KR.UTF-8", "LANGUAGE": "fr"}, "ko"),
            ({"LANG": "ko_KR.UTF-8", "LANGUAGE": ""}, "ko"),
            ({"LANGUAGE": "ko"}, "en"),
            ({"LANG": "C.UTF-8", "LANGUAGE": "ko"}, "en"),
            ({"LANG": "ko_KR.UTF-8", "LC_ALL": "POSIX", "LANGUAGE": "ko"}, "en"),
        ],
        ids=str,
    )
    def test_is_the_one_the_environment_asks_for(
        self, environment: dict[str, str], language: str
    ) -> None:
        assert detect_language(environment) == language

    def test_of_a_text_is_the_one_in_use(self) -> None:
        assert _("All days") == "All days"
        use_language("ko")
        assert _("All days") == "전체 날짜"
        assert format_period("2025-05-22") == "2025년 5월 22일 (목)"
        use_language("en")
        assert format_period("2025-05-22") == "Thu 22 May 2025"

    def test_that_is_not_there_is_english(self) -> None:
        use_language("fr")
        assert _("All days") == "All days"

    def test_of_a_text_nobody_translated_is_english(self) -> None:
        use_language("ko")
        assert (_("Nobody says this."), _("")) == ("Nobody says this.", "")

    @pytest.mark.parametrize(("number", "text"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers")])
    def test_counts(self, number: int, text: str) -> None:
        def told() -> str:
            return ngettext("{number} paper", "{number} papers", number).format(number=number)

        assert told() == text
        use_language("ko")
        assert told() == f"논문 {number}편"

    def test_a_marked_text_is_left_for_later(self) -> None:
        use_language("ko")
        assert N_("All days") == "All days"


class TestProblem:
    def test_is_told_in_the_readers_language_and_written_in_english(self) -> None:
        words = "the title has {number} characters; shortened"
        problem = Problem("a.md", 3, words, {"number": 600})
        use_language("ko")
        assert problem.message == "the title has 600 characters; shortened"
        assert str(problem) == "a.md:3: the title has 600 characters; shortened"
        assert "600" in problem.translated
        assert problem.translated != problem.message

    def test_without_values_is_a_sentence_as_it_is(self) -> None:
        problem = Problem("a.toml", 0, "no {braces} mean anything here")
        assert problem.message == problem.translated == "no {braces} mean anything here"
        assert str(problem) == "a.toml: no {braces} mean anything here"

    def test_values_mean_nothing_else(self) -> None:
        problem = Problem("a.md", 1, "'{address}' is no web address", {"address": "{line} {0}"})
        assert problem.translated == "'{line} {0}' is no web address"


@every_other
class TestCatalogue:
    def test_has_the_texts_of_the_code_and_no_others(self, language: str) -> None:
        there = {message.id for message in messages(catalogue.read_catalog(language))}
        wanted = {message.id for message in messages(catalogue.extract_messages())}
        assert there == wanted, "run: python -m tests.update_translations"

    def test_is_written_as_the_command_writes_it(self, language: str) -> None:
        there = catalogue.po_path(language).read_text(encoding="utf-8")
        assert catalogue.format_po(catalogue.updated_catalog(language)) == there, (
            "run: python -m tests.update_translations"
        )

    def test_translates_every_text(self, language: str) -> None:
        there = messages(catalogue.read_catalog(language))
        assert [each.id for each in there if not catalogue.is_translated(each)] == []
        forms = catalogue.read_catalog(language).num_plurals
        for message in there:
            assert len(all_forms(message.string)) == (forms if message.pluralizable else 1), (
                message.id
            )

    def test_keeps_the_placeholders(self, language: str) -> None:
        for message in messages(catalogue.read_catalog(language)):
            wanted = placeholders(all_forms(message.id)[-1])
            for text in all_forms(message.string):
                assert placeholders(text) == wanted, message.id

    def test_keeps_what_stands_at_the_ends(self, language: str) -> None:
        """Texts that are put together need their spaces."""
        for message in messages(catalogue.read_catalog(language)):
            for text in all_forms(message.string):
                source = all_forms(message.id)[-1]
                for ends in (str.startswith, str.endswith):
                    assert ends(text, " ") == ends(source, " "), message.id
                assert "\n" not in text

    def test_has_only_signs_that_every_terminal_draws_alike(self, language: str) -> None:
        for message in messages(catalogue.read_catalog(language)):
            for text in [*all_forms(message.id), *all_forms(message.string)]:
                # The one that stands for what cannot be read is told of as it is.
                ambiguous = [c for c in text if unicodedata.east_asian_width(c) == "A"]
                assert set(ambiguous) <= {"\ufffd"}, text

    def test_is_compiled(self, language: str) -> None:
        written = catalogue.read_catalog(language)
        with catalogue.po_path(language).with_suffix(".mo").open("rb") as file:
            compiled = read_mo(file)
        assert [
            (all_forms(each.id), all_forms(each.string)) for each in messages(compiled)
        ] == sorted((all_forms(each.id), all_forms(each.string)) for each in messages(written)), (
            "run: python -m tests.update_translations"
        )

    def test_counts_as_gettext_does(self, language: str) -> None:
        with catalogue.po_path(language).with_suffix(".mo").open("rb") as file:
            compiled = GNUTranslations(file)
        use_catalog(compiled)
        for message in messages(catalogue.read_catalog(language)):
            if message.pluralizable:
                one, many = all_forms(message.id)
                assert ngettext(one, many, 1) in all_forms(message.string)
                assert ngettext(one, many, 5) in all_forms(message.string)


def test_what_is_looked_up_is_a_plain_text_that_is_found_again() -> None:
    """What babel takes out of the code is all that stands in it."""
    found = set()
    for file in catalogue.CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in {"_", "N_"}:
                arguments = node.args[:1]
            elif node.func.id == "ngettext":
                arguments = node.args[:2]
            else:
                continue
            for argument in arguments:
                assert not isinstance(argument, ast.JoinedStr), f"{file}:{argument.lineno}"
                if isinstance(argument, ast.Constant):
                    found.add(argument.value)
    extracted = {
        text for message in messages(catalogue.extract_messages()) for text in all_forms(message.id)
    }
    assert found == extracted


def test_there_is_a_folder_for_every_language_and_no_other() -> None:
    assert {folder.name for folder in i18n.LOCALE_FOLDER.iterdir()} == set(OTHERS)
