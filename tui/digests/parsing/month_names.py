"""The names of the months in several languages."""

from __future__ import annotations

_MONTHS = (
    "jan january janvier januar enero janeiro gennaio янв января январь",
    "feb february février februar febrero fevereiro febbraio фев февраля февраль",
    "mar march mars märz marzo março мар марта март",
    "apr april avril abril aprile апр апреля апрель",
    "may mai mayo maio maggio мая май",
    "jun june juin juni junio junho giugno июн июня июнь",
    "jul july juillet juli julio julho luglio июл июля июль",
    "aug august août agosto авг августа август",
    "sep sept september septembre septiembre setembro settembre сен сентября сентябрь",
    "oct october octobre oktober octubre outubro ottobre okt окт октября октябрь",
    "nov november novembre noviembre novembro ноя ноября ноябрь",
    "dec december décembre dezember diciembre dezembro dicembre dez дек декабря декабрь",
)
MONTH_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
"""The number of the month of each name, from 1; names are in lower case."""
