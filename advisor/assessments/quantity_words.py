"""Words people put around a figure, by language: how often, how long, how many, about. Small letters, no accents.

Vocabulary that is read, not shown, so it is no text for a translator: a new language adds its line to each table.
Words a table does not know are taken as the name of what is counted ("e-mails").
"""

from __future__ import annotations

from advisor.engine.units import WEEKS_PER_MONTH

# Assumed: a working week of five days of eight hours, as most offices and workshops in the catalog's countries have.
DAYS_A_WEEK = 5
HOURS_A_DAY = 8

DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
A_WEEK: dict[str, float] = {DAY: DAYS_A_WEEK, WEEK: 1.0, MONTH: 1 / WEEKS_PER_MONTH, YEAR: 1 / 52}
A_MONTH: dict[str, float] = {
    DAY: DAYS_A_WEEK * WEEKS_PER_MONTH,
    WEEK: WEEKS_PER_MONTH,
    MONTH: 1.0,
    YEAR: 1 / 12,
}

SECOND, MINUTE, HOUR, WORKDAY = "second", "minute", "hour", "workday"
IN_MINUTES: dict[str, float] = {SECOND: 1 / 60, MINUTE: 1.0, HOUR: 60.0, WORKDAY: HOURS_A_DAY * 60.0}

Words = dict[str, dict[str, str]]  # language -> meaning -> words between blanks

PERIODS: Words = {
    "en": {
        DAY: "day days daily workday d",
        WEEK: "week weeks weekly wk w",
        MONTH: "month months monthly mo",
        YEAR: "year years yearly annually annual yr pa",
    },
    "de": {
        DAY: "tag tage tagen taglich arbeitstag d",
        WEEK: "woche wochen wochentlich",
        MONTH: "monat monate monaten monatlich mtl",
        YEAR: "jahr jahre jahren jahrlich pa",
    },
    "fr": {
        DAY: "jour jours quotidien quotidiens j",
        WEEK: "semaine semaines hebdomadaire hebdomadaires sem",
        MONTH: "mois mensuel mensuels",
        YEAR: "an ans annee annees annuel annuels",
    },
    "es": {
        DAY: "dia dias diario diarios",
        WEEK: "semana semanas semanal semanales sem",
        MONTH: "mes meses mensual mensuales",
        YEAR: "ano anos anual anuales",
    },
    "zh": {
        DAY: "天 每天 日 每日 一天",
        WEEK: "周 每周 星期 每星期 礼拜 每礼拜 一周",
        MONTH: "月 每月 个月 每个月 一个月",
        YEAR: "年 每年 一年",
    },
}

DURATIONS: Words = {
    "en": {
        SECOND: "second seconds sec s",
        MINUTE: "minute minutes min mins m",
        HOUR: "hour hours hr hrs h",
        WORKDAY: "day days d",
    },
    "de": {
        SECOND: "sekunde sekunden sek s",
        MINUTE: "minute minuten min m",
        HOUR: "stunde stunden std h",
        WORKDAY: "tag tage tagen d",
    },
    "fr": {
        SECOND: "seconde secondes sec s",
        MINUTE: "minute minutes min mn m",
        HOUR: "heure heures h",
        WORKDAY: "jour jours journee j",
    },
    "es": {
        SECOND: "segundo segundos seg s",
        MINUTE: "minuto minutos min m",
        HOUR: "hora horas h",
        WORKDAY: "dia dias",
    },
    "zh": {SECOND: "秒 秒钟", MINUTE: "分 分钟", HOUR: "小时 个小时 钟头 个钟头", WORKDAY: "天 日"},
}

# Words that multiply the figure in front of them.
SCALES: dict[str, dict[float, str]] = {
    "en": {12: "dozen", 100: "hundred", 1e3: "k thousand", 1e6: "mio million mn"},
    "de": {12: "dutzend", 100: "hundert", 1e3: "k tsd tausend", 1e6: "mio million millionen"},
    "fr": {12: "douzaine douzaines", 100: "cent cents", 1e3: "k mille", 1e6: "million millions"},
    "es": {12: "docena docenas", 100: "cien cientos", 1e3: "k mil", 1e6: "millon millones"},
    "zh": {1e3: "k 千", 1e4: "万 萬 w", 1e6: "百万", 1e8: "亿 億"},
}

# Figures written out.
SPELLED: dict[str, dict[float, str]] = {
    "en": {0.5: "half", 0.25: "quarter quarters", 1: "one", 2: "two couple", 3: "three", 4: "four", 5: "five",
           6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 15: "fifteen", 20: "twenty", 30: "thirty",
           40: "forty", 50: "fifty"},
    "de": {0.5: "halb halbe halben halber", 0.25: "viertel", 0.75: "dreiviertel", 1.5: "anderthalb eineinhalb",
           1: "eins", 2: "zwei", 3: "drei", 4: "vier", 5: "funf", 6: "sechs", 7: "sieben", 8: "acht", 9: "neun",
           10: "zehn", 15: "funfzehn", 20: "zwanzig", 30: "dreissig", 40: "vierzig", 50: "funfzig"},
    "fr": {0.5: "demi demie", 0.25: "quart quarts", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq",
           6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix", 15: "quinze", 20: "vingt", 30: "trente",
           40: "quarante", 50: "cinquante"},
    "es": {0.5: "medio media", 0.25: "cuarto cuartos", 2: "dos", 3: "tres", 4: "cuatro", 5: "cinco", 6: "seis",
           7: "siete", 8: "ocho", 9: "nueve", 10: "diez", 15: "quince", 20: "veinte", 30: "treinta",
           40: "cuarenta", 50: "cincuenta"},
    "zh": {0.5: "半 半个", 1.5: "一个半", 2.5: "两个半", 1: "一", 2: "两 二", 3: "三", 4: "四", 5: "五", 6: "六",
           7: "七", 8: "八", 9: "九", 10: "十", 15: "十五", 20: "二十", 30: "三十", 40: "四十", 50: "五十",
           100: "一百"},
}  # fmt: skip

# Words that change nothing: about, a, of. Standing before a unit without a figure, they mean one of it.
QUIET: dict[str, str] = {
    "en": "about around roughly approx approximately circa ca some nearly of in the a an and",
    "de": "etwa ungefahr rund ca circa zirka in im den die das der am an und ein eine einen einem einer",
    "fr": "environ a peu pres vers autour de d du la le l les ca en tous toutes et un une",
    "es": "unos unas aproximadamente aprox alrededor de cerca mas la el al a y un una",
    "zh": "大约 约 大概 左右 差不多 上下 共 个 有 又",
}
# Words after which only a unit makes sense: "40 per customer" says nothing about a week.
EACH: dict[str, str] = {
    "en": "per each every /",
    "de": "pro je jeden jede jedes /",
    "fr": "par chaque /",
    "es": "por cada /",
    "zh": "每 /",
}
BETWEEN: dict[str, str] = {"en": "to", "de": "bis", "fr": "a", "es": "a", "zh": "到 至"}  # and a dash, everywhere
# What turns the meaning around; nothing is guessed from a text that holds one of these.
UNCLEAR: dict[str, str] = {
    "en": "not no or than minus without times x except up most least nan inf infinity null none",
    "de": "nicht kein keine keinen oder als minus ohne mal x ausser hochstens mindestens nan inf",
    "fr": "pas ou que moins plus sans fois x sauf nan inf",
    "es": "no o que menos sin veces x salvo nan inf",
    "zh": "不 没 或 或者 负 无 减 乘 多 少",
}
