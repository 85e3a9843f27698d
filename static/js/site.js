// Small conveniences on pages that already work without any of this.

const THEME_SECONDS = 365 * 24 * 60 * 60;

/** Light or dark as shown now: the visitor's choice, else the system's. */
function shownTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The server reads the cookie, so the next page comes in the right colors at once. */
function switchTheme() {
  const theme = shownTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${THEME_SECONDS}; SameSite=Lax`;
}

/** "Not sure" and "none" stand alone: ticking one clears the others, and the other way round. */
function keepAlone(input) {
  const group = input.closest("[data-alone-group]");
  if (!group || !input.checked) return;
  const alone = "alone" in input.dataset;
  for (const other of group.querySelectorAll("input[type=checkbox]")) {
    if (other !== input && (alone || "alone" in other.dataset)) other.checked = false;
  }
}

/** Typing a figure takes back its "not sure"; ticking "not sure" clears the figure. */
function keepFigureOrUnsure(input) {
  const field = input.closest("[data-figure]");
  if (!field) return;
  const figure = field.querySelector("input[type=text]");
  const unsure = field.querySelector("input[type=checkbox]");
  if (!figure || !unsure) return;
  if (input === figure && figure.value) unsure.checked = false;
  if (input === unsure && unsure.checked) figure.value = "";
}

/** A slider beside each figure that can be tried out: it moves the figure, and moves with it. */
function addSliders() {
  for (const figure of document.querySelectorAll("[data-slide]")) {
    const [min, max, step, today] = figure.dataset.slide.split(" ");
    delete figure.dataset.slide;
    const follow = () => (slider.value = parseFloat(figure.value.replace(",", ".")) || today);
    const slider = Object.assign(document.createElement("input"), { type: "range", min, max, step });
    slider.setAttribute("aria-label", [figure.labels[0], figure.nextElementSibling].map((each) => each?.textContent.trim()).join(", "));
    slider.addEventListener("input", () => (figure.value = slider.value));
    figure.addEventListener("input", follow);
    figure.parentElement.after(slider);
    follow();
  }
}

/** Adds what only works with scripts. */
function prepare() {
  addSliders();
  for (const button of document.querySelectorAll("[data-theme-switch], [data-copy]")) button.hidden = false;
}

/** After a new question came in, its heading (or the list of problems) is where reading goes on. */
function moveFocus() {
  const region = document.getElementById("question");
  if (!region) return;
  if (region.dataset.title) document.title = region.dataset.title;
  const target = region.querySelector(".error-summary, .notice[tabindex], h1");
  if (!target) return;
  target.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

/** After "Add", "Up" or "Remove" work goes on at the same button, else at the next of its kind; in a new line at its first field. */
function keepPlace(pressed, lines, place) {
  const region = document.getElementById("question");
  const grown = [...region.querySelectorAll(".row-group")].at(-1);
  if (grown && region.querySelectorAll(".row-group").length > lines) return grown.querySelector("input, select").focus();
  const buttons = [...region.querySelectorAll("button[name=move]")];
  const alike = buttons.filter((each) => each.value.split(":")[0] === pressed.split(":")[0]);
  const same = alike.find((each) => each.value === pressed) ?? alike[Math.min(place, alike.length - 1)];
  (same ?? buttons[0] ?? region.querySelector("h1")).focus();
}

/** A live region that is swapped in is silent, so what a reply has to say is put into the one that stays. */
function say(region) {
  const said = [...(region?.querySelectorAll("[data-say]") ?? [])].map((each) => each.textContent.trim()).join(", ");
  const announcer = document.getElementById("announcer");
  if (said && announcer.textContent !== said) announcer.textContent = said;
}

async function copyText(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value);
  button.querySelector("[data-copy-done]").hidden = false;
}

/** A page left while its draft still waits to be sent: the browser sends it in passing. */
function sendDraft() {
  const draft = document.querySelector("[data-draft][data-waits]");
  if (!draft) return;
  delete draft.dataset.waits;
  navigator.sendBeacon(draft.getAttribute("hx-post"), new FormData(draft.closest("form")));
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-switch]")) switchTheme();
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy);
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("input", (event) => {
  const draft = event.target.form?.querySelector("[data-draft]");
  if (draft) draft.dataset.waits = "";
  if (!(event.target instanceof HTMLInputElement)) return;
  keepAlone(event.target);
  keepFigureOrUnsure(event.target);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const draft = event.target.querySelector("[data-draft]") ?? event.target.closest("[data-draft]");
  if (draft) delete draft.dataset.waits;
});

/** What was sent by a person and not answered is said: on question pages in their own words, else below the form. */
const unanswered = document.getElementById("unanswered");
function tellUnanswered(event) {
  if (!event.target.matches("form")) return;
  const notice = document.querySelector("[data-unsent]") ?? unanswered;
  if (notice === unanswered) {
    const often = event.detail.xhr.status === 429;
    for (const each of notice.children) each.hidden = "often" in each.dataset !== often;
    event.target.append(notice);
  }
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
}

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, tellUnanswered);
}
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("form")) unanswered.hidden = true;
});

addEventListener("pagehide", sendDraft);

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

let before = null; // what had the focus when something was asked for, and where it stood
document.addEventListener("htmx:beforeRequest", (event) => {
  const focused = event.detail.requestConfig.triggeringEvent?.submitter ?? document.activeElement;
  const kind = focused.name === "move" ? `button[name=move][value^="${focused.value.split(":")[0]}"]` : null;
  before = {
    focused,
    move: kind && focused.value,
    place: kind ? [...document.querySelectorAll(kind)].indexOf(focused) : 0,
    lines: document.querySelectorAll("#question .row-group").length,
  };
});

document.addEventListener("htmx:afterSwap", (event) => {
  prepare();
  if (event.detail.target.id !== "question") return;
  if (before?.move) keepPlace(before.move, before.lines, before.place);
  else moveFocus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const region = document.getElementById(event.detail.target.id);
  say(region);
  // Whatever had the focus may be gone with the part that was replaced; the new part is then the place to be.
  if (!region || document.activeElement !== document.body || !before || before.focused === document.body) return;
  region.tabIndex = -1;
  region.focus({ preventScroll: true });
});

prepare();
