"""Which numbers of an explanation count as ours."""

from __future__ import annotations

import pytest

from advisor.assistant.explaining import checked
from advisor.assistant.figures import unknown_figures

SENT = {
    "en": "Cost = 36 × €191.28 = €6,886 (to €8,830), 25%, 41M words, 1,000 documents, 12 users, 0.5 h; one in ten",
    "de": "Kosten = 36 × 191,28 € = 6.886 €, Anteil 25 %, 12 Personen",
    "fr": "Coût = 36 × 191,28 € = 6\u202f886 €, part 25 %, 12 personnes",
    "es": "Coste = 36 × 191,28 € = 6886 €, parte 25 %, 12 personas",
    "zh-hans": "费用 = 36 × €191.28 = €6,886，比例 25%，12 人",
}


def foreign(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in unknown_figures(text, SENT[language], language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "€6,886 over 36 months, 6886 in short, of which 25 percent, 25% or 25 per cent for 12 people; 0.50 hours.",
        ),
        ("en", "Twelve people read 41M words. One of these is the main cost; this one. 1,000 documents."),
        ("en", "One case in ten is higher."),
        ("en", "The figures of the first and last month, at no one's cost."),
        ("de", "6.886 € in 36 Monaten, also 25 Prozent, für zwölf Personen, 191,28."),
        ("fr", "6\u202f886 € sur 36 mois, 6 886 €, 25 pour cent, douze personnes."),
        ("es", "6886 € en 36 meses, 6.886 €, 25 por ciento, doce personas."),
        ("zh-hans", "36 个月共 6,886 欧元，十分清楚，一般来说占25％，即百分之25，十二人，一起看第三行，三十六个月。"),
    ],
)
def test_numbers_that_were_sent_are_known_however_they_are_written(language: str, text: str) -> None:
    assert foreign(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "about €6,900", ["6,900"]),
        ("en", "€6,886.5", ["6,886.5"]),
        ("en", "6.886", ["6.886"]),  # not the thousands of English
        ("en", "36% and €12", ["36%", "12"]),  # months and people, no share and no money
        ("en", "41 million or 41 K", ["41 million", "million", "41 K"]),
        ("en", "7 thousand", ["7 thousand"]),  # the word alone is the 1,000 of the documents
        ("en", "half, a third, twice, dozens", ["half", "third", "twice", "dozens"]),
        ("en", "thirteen or Twenty-Five", ["thirteen", "Twenty-Five"]),
        ("en", "½ of it and x²", ["½", "²"]),
        ("en", "١٣ or １３", ["١٣", "１３"]),
        ("en", "1 200", ["1", "200"]),
        ("en", "from 2027 on", ["2027"]),
        ("de", "6,886 € und fünfundzwanzig, die Hälfte", ["6,886 €", "fünfundzwanzig", "Hälfte"]),
        ("fr", "6 900 € et la moitié", ["6 900 €", "moitié"]),
        ("es", "la mitad de 7000 €", ["mitad", "7000 €"]),
        ("zh-hans", "三成，两倍，690万，一半，百分之三十", ["三", "两倍", "690万", "万", "一半", "三十"]),
        ("zh-hans", "十三人，二十个月", ["十三", "二十"]),
        ("zh-hans", "about thirteen", ["thirteen"]),
    ],
)
def test_numbers_that_were_not_sent_are_found(language: str, text: str, expected: list[str]) -> None:
    assert sorted(foreign(text, language)) == sorted(expected)


def test_pieces_of_a_paragraph_make_up_the_paragraph() -> None:
    explanation = checked("It is 41 million, not 36.\n\nHalf.", SENT["en"], "en")

    assert ["".join(piece.text for piece in each) for each in explanation.paragraphs] == [
        "It is 41 million, not 36.",
        "Half.",
    ]
    assert explanation.foreign == ["41 million", "Half"]
