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

from tests import update_translations
from tests.update_translations import all_forms
from tui import i18n
from tui.i18n import LANGUAGES, N_, _, detect_language, ngettext, use_catalog, use_language
from tui.library.periods import format_period
from tui.models import Problem

OTHERS = LANGUAGES[1:]
every_other = pytest.mark.parametrize("language", OTHERS)


@pytest.fixture(autouse=True)
def _restore_english() -> Iterator[None]:
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
    def test_is_detected_from_the_environment(
        self, environment: dict[str, str], language: str
    ) -> None:
        assert detect_language(environment) == language

    def test_texts_follow_current_language(self) -> None:
        assert _("All days") == "All days"
        use_language("ko")
        assert _("All days") == "전체 날짜"
        assert format_period("2025-05-22") == "2025년 5월 22일 (목)"
        use_language("en")
        assert format_period("2025-05-22") == "Thu 22 May 2025"

    def test_unknown_language_is_english(self) -> None:
        use_language("fr")
        assert _("All days") == "All days"

    def test_text_without_translation_is_english(self) -> None:
        use_language("ko")
        assert (_("Without translation."), _("")) == ("Without translation.", "")

    @pytest.mark.parametrize(("number", "text"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers")])
    def test_plural_forms(self, number: int, text: str) -> None:
        def translate() -> str:
            return ngettext("{number} paper", "{number} papers", number).format(number=number)

        assert translate() == text
        use_language("ko")
        assert translate() == f"논문 {number}편"

    def test_marked_text_is_not_translated(self) -> None:
        use_language("ko")
        assert N_("All days") == "All days"


class TestProblem:
    def test_is_translated_and_printed_in_english(self) -> None:
        words = "the title has {number} characters; shortened"
        problem = Problem("a.md", 3, words, {"number": 600})
        use_language("ko")
        assert problem.message == "the title has 600 characters; shortened"
        assert str(problem) == "a.md:3: the title has 600 characters; shortened"
        assert "600" in problem.translated
        assert problem.translated != problem.message

    def test_braces_without_values_are_literal(self) -> None:
        problem = Problem("a.toml", 0, "no {braces} mean anything here")
        assert problem.message == problem.translated == "no {braces} mean anything here"
        assert str(problem) == "a.toml: no {braces} mean anything here"

    def test_braces_in_values_are_literal(self) -> None:
        problem = Problem("a.md", 1, "'{address}' is not a web address", {"address": "{line} {0}"})
        assert problem.translated == "'{line} {0}' is not a web address"


@every_other
class TestCatalog:
    def test_has_exactly_the_texts_of_the_code(self, language: str) -> None:
        found = {message.id for message in messages(update_translations.read_catalog(language))}
        wanted = {message.id for message in messages(update_translations.extract_messages())}
        assert found == wanted, "run: python -m tests.update_translations"

    def test_is_formatted_by_the_update_script(self, language: str) -> None:
        text = update_translations.po_path(language).read_text(encoding="utf-8")
        assert (
            update_translations.format_po(update_translations.updated_catalog(language)) == text
        ), "run: python -m tests.update_translations"

    def test_translates_every_text(self, language: str) -> None:
        found = messages(update_translations.read_catalog(language))
        assert [each.id for each in found if not update_translations.is_translated(each)] == []
        forms = update_translations.read_catalog(language).num_plurals
        for message in found:
            assert len(all_forms(message.string)) == (forms if message.pluralizable else 1), (
                message.id
            )

    def test_keeps_the_placeholders(self, language: str) -> None:
        for message in messages(update_translations.read_catalog(language)):
            wanted = placeholders(all_forms(message.id)[-1])
            for text in all_forms(message.string):
                assert placeholders(text) == wanted, message.id

    def test_keeps_spaces_at_the_ends(self, language: str) -> None:
        """Texts that are concatenated need their spaces."""
        for message in messages(update_translations.read_catalog(language)):
            for text in all_forms(message.string):
                source = all_forms(message.id)[-1]
                for ends in (str.startswith, str.endswith):
                    assert ends(text, " ") == ends(source, " "), message.id
                assert "\n" not in text

    def test_has_no_characters_of_ambiguous_width(self, language: str) -> None:
        for message in messages(update_translations.read_catalog(language)):
            for text in [*all_forms(message.id), *all_forms(message.string)]:
                # Except the replacement character, which one text mentions.
                ambiguous = [c for c in text if unicodedata.east_asian_width(c) == "A"]
                assert set(ambiguous) <= {"\ufffd"}, text

    def test_is_compiled(self, language: str) -> None:
        source = update_translations.read_catalog(language)
        with update_translations.po_path(language).with_suffix(".mo").open("rb") as file:
            compiled = read_mo(file)
        assert [
            (all_forms(each.id), all_forms(each.string)) for each in messages(compiled)
        ] == sorted((all_forms(each.id), all_forms(each.string)) for each in messages(source)), (
            "run: python -m tests.update_translations"
        )

    def test_plural_forms_work_with_gettext(self, language: str) -> None:
        with update_translations.po_path(language).with_suffix(".mo").open("rb") as file:
            compiled = GNUTranslations(file)
        use_catalog(compiled)
        for message in messages(update_translations.read_catalog(language)):
            if message.pluralizable:
                one, many = all_forms(message.id)
                assert ngettext(one, many, 1) in all_forms(message.string)
                assert ngettext(one, many, 5) in all_forms(message.string)


def test_translated_texts_are_literals_that_babel_extracts() -> None:
    found = set()
    for file in update_translations.CODE.rglob("*.py"):
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
        text
        for message in messages(update_translations.extract_messages())
        for text in all_forms(message.id)
    }
    assert found == extracted


def test_locale_folder_has_exactly_the_languages() -> None:
    assert {folder.name for folder in i18n.LOCALE_FOLDER.iterdir()} == set(OTHERS)
