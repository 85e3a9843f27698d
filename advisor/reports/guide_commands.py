"""Of the set-up guide: each model of a plan with commands to get, start and check it, or plainly that we know none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advisor.assessments.presentation.sheet import Data, Sheet
from advisor.engine.catalog import Catalog, Device, Model
from advisor.engine.formats import LLAMA_CPP, VLLM
from advisor.engine.runtimes import runtime_for
from advisor.reports.runtimes import AS_PUBLISHED, OLLAMA, SHARED_OVER_CARDS, Runtime, of_other, of_text
from advisor.web.typography import aside, labeled

REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+", re.ASCII)  # nothing else is put into a command
PAGES = "https://huggingface.co/"
LEAST_CONTEXT = 4096  # assumed, for work that is counted in pictures: one of them and a short answer
SEARCH = frozenset({"embedding", "reranker"})  # roles of models that the program people use runs by itself


@dataclass(frozen=True)
class Part:
    """One part of the guide: what to do, then commands to type, then figures to hold it against."""

    title: str
    steps: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def program_names(sheet: Sheet, plan: Data) -> str:
    """The programs people sign in to; what has no login is none of them."""
    found = [each["name"] for each in plan["programs"] if not (each.get("default_auth") or "").startswith("none")]
    return sheet.formats.list_of(found) or _("a program of your choice that has a login")


def set_up(sheet: Sheet, plan: Data, catalog: Catalog) -> list[Part]:
    """The models of text first, by one server, then the others one by one."""
    slugs = {machine["device"] for machine in plan["machines"]}
    device = next((device for device in catalog.devices if device.slug in slugs), None)
    known = {model.slug: model for model in catalog.models}
    once = list({model["slug"]: model for model in plan["models"]}.values())
    texts = [model for model in once if model["format"] is not None and model["role"] == "main"]
    others = [model for model in once if model not in texts]
    parts = _texts(sheet, plan, texts, known, device) if texts else []
    for model in others:
        parts.append(_other(sheet, model, known.get(model["slug"]), device))
    people = _("Install %(programs)s for your people as their makers describe.")
    return [*parts, Part(_("The program people use"), (people % {"programs": program_names(sheet, plan)},))]


def _texts(sheet: Sheet, plan: Data, texts: list[Data], known: dict[str, Model], device: Device | None) -> list[Part]:
    main, *more = texts
    model = known.get(main["slug"])
    runtime = of_text(device) if device is not None else None
    if runtime is None or device is None:
        unknown = tuple(_nothing_known(each, known.get(each["slug"])) for each in texts)
        return [Part(_("Install and start"), unknown)]
    values = _values(sheet, plan, main, model if runtime_for(device) == VLLM else None)
    steps = [_("These are the commands of %(runtime)s.") % {"runtime": runtime.name}, *_remarks(runtime, main)]
    if more:
        names = sheet.formats.list_of([model["name"] for model in more])
        steps.append(_("Start %(models)s in the same way, with a port of its own.") % {"models": names})
    parts = [
        Part(_("Get the model"), _getting(main, model)),
        Part(
            _("Install and start"),
            tuple(steps),
            (*runtime.install, *(line % values for line in runtime.start)),
        ),
        Part(_("Verify"), _verifying(), (*runtime.verify, *filter(None, [runtime.memory]))),
    ]
    used = [runtime]
    if runtime_for(device) == LLAMA_CPP and any(program["name"] == OLLAMA.name for program in plan["programs"]):
        parts.append(_ollama())
        used.append(OLLAMA)
    return [*parts, Part(_("Sources"), rows=tuple(_sourced(sheet, each) for each in used))]


def _ollama() -> Part:
    steps = (
        _("Ollama is simpler and does the same. On Windows or a Mac, download it from ollama.com. Put the name of the "
          "model in its library in the place of MODEL."),
        _("It has no login and listens on 127.0.0.1 as it comes: leave OLLAMA_HOST unset, and let people reach it only "
          "through a program with a login."),
    )  # fmt: skip
    return Part(_("Or with Ollama"), steps, (*OLLAMA.install, *OLLAMA.start, *OLLAMA.verify))


def _other(sheet: Sheet, main: Data, model: Model | None, device: Device | None) -> Part:
    """A model for search, scans, speech, pictures or shapes."""
    title = labeled(sheet.words.label("role", main["role"]), main["name"])
    if main["role"] in SEARCH:
        step = _("No command: choose %(model)s for search in the settings of the program people use.")
        return Part(title, (step % {"model": main["name"]},))
    runtime = of_other(model, device) if model is not None and device is not None else None
    if runtime is None:
        return Part(title, (_nothing_known(main, model),))
    steps = [_("These are the commands of %(runtime)s.") % {"runtime": runtime.name}, *_remarks(runtime, main)]
    if not runtime.asks_for_key:
        steps.append(
            _("It has no login and listens on 127.0.0.1 as it comes: change nothing about that, and let people use it "
              "at the machine itself.")
        )  # fmt: skip
    commands = (*runtime.install, *runtime.start, *runtime.verify)
    return Part(title, tuple(steps), commands, (_sourced(sheet, runtime),))


def _remarks(runtime: Runtime, main: Data) -> list[str]:
    """What the commands leave to the reader."""
    found = []
    if runtime.listed:
        found.append(
            _("Look in the list of models of %(runtime)s whether it runs %(model)s on this machine before you pay for "
              "anything.") % {"runtime": runtime.name, "model": main["name"]}
        )  # fmt: skip
    if runtime.chips:
        found.append(_("Add one more --device /dev/davinciN for every further processor."))
    return found


def _nothing_known(main: Data, model: Model | None) -> str:
    """Said plainly, with the page of the model's maker."""
    values = {"model": main["name"]}
    if model is not None and REPOSITORY.fullmatch(model.hub_repo or ""):
        said = _("We know no commands for %(model)s here that its makers document. Follow their page: %(address)s")
        return said % {**values, "address": f"{PAGES}{model.hub_repo}"}
    return _("We know no commands for %(model)s here that its makers document. Follow their own page.") % values


def _sourced(sheet: Sheet, runtime: Runtime) -> tuple[str, str]:
    return runtime.name, aside(runtime.source, sheet.formats.day(runtime.read_on))


def _getting(main: Data, model: Model | None) -> tuple[str, ...]:
    repo = model.hub_repo if model is not None and model.hub_repo else main["name"]
    values = {"model": repo, "format": main["format"], "license": main["license"]["name"]}
    if main["format"] in AS_PUBLISHED:
        files = _("The files are published as %(model)s.") % values
    else:
        files = _("Look for %(model)s in the format %(format)s, from its maker or from a publisher you know; put its "
                  "name or file in the place of MODEL below.") % values  # fmt: skip
    return (
        files,
        _("Compare the checksum with the published one. The license is %(license)s; keep a copy of it.") % values,
    )


def _values(sheet: Sheet, plan: Data, main: Data, model: Model | None) -> dict[str, object]:
    """What the commands are filled with. Room for the longest request of any job, and for all at once.

    ``model``: whose published files the program loads by their name; llama.cpp wants a file instead.
    """
    context = max(demand["context_tokens"] for demand in sheet.document["demand"]) or LEAST_CONTEXT
    slots = max((load["slots"] for machine in plan["machines"] for load in machine["loads"]), default=1)
    trace = sheet.traces.get(f"{plan['key']}.purchase.total", {"inputs": ()})
    cards = next((int(item["value"]) for item in trace["inputs"] if item["name"] == "cards"), 1)
    repo = model.hub_repo if model is not None and main["format"] in AS_PUBLISHED else None
    return {
        "model": repo if repo and REPOSITORY.fullmatch(repo) else "MODEL",
        "context": context,
        "context_of_all": context * slots,
        "slots": slots,
        "cards": SHARED_OVER_CARDS % cards if cards > 1 else "",
    }


def _verifying() -> tuple[str, ...]:
    return (
        _("Ask from the machine itself: the model is named. Ask from another computer: nothing answers."),
        _("Ask without the key: it is refused."),
        _("Hold memory and speed against “What to expect”. Below the low end, look whether the model lies in the "
          "memory of the card as a whole."),
    )  # fmt: skip
