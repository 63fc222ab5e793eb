// The page: a queue, the fields of a document, its pages. Everything is kept by the program; what is
// here is only what is shown. No text becomes markup: all of it goes in as textContent.
import { chooseOther, language, words } from "./words.js";

const byId = (id) => document.getElementById(id);
const make = (tag, text = "", name = "") => {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  if (name) node.className = name;
  return node;
};

// ---- What is known

const randomWord = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const client = sessionStorage.getItem("client") ?? randomWord();
sessionStorage.setItem("client", client);
let who = localStorage.getItem("who") ?? "";
let queue = { documents: [], agencies: [], years: [], deciders: [], doubts: 0, to_do: 0, done: 0, secret: 0 };
let shown = null; // the document
let items = []; // its fields and failed checks, one of which is in hand
let at = 0;
let pageNumber = 1;
let isWhole = false, marksRestored = false;
let busy = false;
let keyPressed = 0; // when, in ms of performance.now()
const paces = []; // ms of the last decisions
let lastDecision = performance.now();

// Whether an item is to be decided: in a sample what was drawn, else what is doubtful.
const asks = (item) => byId("kind").value === "sample" ? Boolean(item.sampled) : item.doubtful;
const headOf = (field) => words.heads[field.name] ?? field.head;
const isDate = (field) => field.name?.endsWith("date");
const forPeople = (field, value) => {
  const day = isDate(field) && /^(\d{4})-(\d\d)-(\d\d)$/.exec(value ?? "");
  return day ? `${day[3]}/${day[2]}/${day[1]}` : value ?? "";
};

// ---- Asking

// Without the password that may stand in the address: a browser fetches nothing from such.
const addressOf = (name) => location.origin + location.pathname + name;
const ask = async (name, question) => {
  try {
    const answer = question === undefined ? await fetch(addressOf(`api/${name}`), { cache: "no-store" })
      : await fetch(addressOf(`api/${name}`), { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ client, who, ...question }) });
    return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
  } catch {
    return { status: 0 };
  }
};

// ---- Pictures of pages, fetched and decoded before they are needed

const kWidth = 1700, kMostPictures = 16;
const pictures = new Map();
const fetchPicture = async (query) => {
  const answer = await fetch(addressOf(`page.jpg?${query}`));
  if (!answer.ok) return null;
  const image = new Image();
  image.src = URL.createObjectURL(await answer.blob());
  await image.decode();
  return image;
};
// Of a page its picture, which stays decoded as long as it is kept; none where it cannot be drawn.
const pictureOf = (path, number) => {
  const key = `${path}\n${number}`;
  if (!pictures.has(key)) {
    pictures.set(key, fetchPicture(new URLSearchParams({ path, page: number, width: kWidth })).catch(() => null));
    if (pictures.size > kMostPictures) {
      const [oldest, picture] = pictures.entries().next().value;
      pictures.delete(oldest);
      picture.then((image) => image && URL.revokeObjectURL(image.src));
    }
  }
  return pictures.get(key);
};

const fetchAhead = () => {
  if (!shown) return;
  const pages = new Set(items.filter((item) => asks(item) && item.page).map((item) => item.page));
  for (const number of pages) pictureOf(shown.path, number);
  const place = placeInQueue();
  for (const next of queue.documents.slice(place + 1).filter((one) => one.doubts > 0 && !one.lent_to).slice(0, 3))
    pictureOf(next.path, next.look_at);
};

// ---- The queue

const placeInQueue = () => queue.documents.findIndex((one) => shown && one.path === shown.path && one.first_page === shown.first_page);

const fillChoice = (select, values, chosen, text = (value) => value) => {
  const all = make("option", words.all);
  all.value = "";
  select.replaceChildren(all, ...values.map((value) => {
    const option = make("option", text(value));
    option.value = value;
    return option;
  }));
  select.value = values.includes(chosen) ? chosen : "";
};

const showProgress = () => {
  const all = queue.done + queue.to_do;
  const median = [...paces].sort((a, b) => a - b)[Math.floor(paces.length / 2)];
  const left = median && queue.doubts ? words.left(Math.round(median * queue.doubts / 60000)) : "";
  byId("progress-text").textContent = words.progress(queue.done, all, queue.doubts) + left;
  byId("progress").max = Math.max(1, all);
  byId("progress").value = queue.done;
};

const titleOf = (one) => [one.type, one.number && one.symbol ? `${one.number}/${one.symbol}` : one.symbol].filter(Boolean).join(" ") || one.path;

const showQueue = () => {
  byId("queue-title").textContent = words.queue(queue.wanted ?? 0) + (queue.secret ? ` (${words.secret(queue.secret)})` : "");
  byId("queue").replaceChildren(...queue.documents.map((one, i) => {
    const button = make("button", titleOf(one));
    button.type = "button";
    button.append(make("small", one.path), make("small", one.lent_to && one.lent_to !== who ? words.lent(one.lent_to) : one.doubts > 0 ? words.doubts(one.doubts) : words.seen));
    button.setAttribute("aria-current", String(i === placeInQueue()));
    button.addEventListener("click", () => open(one));
    const entry = make("li");
    entry.append(button);
    return entry;
  }));
  byId("queue").querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  showProgress();
};

const loadQueue = async () => {
  const query = new URLSearchParams({ agency: byId("agency").value, year: byId("year").value, kind: byId("kind").value, who: byId("decider").value });
  const answer = await ask(`queue?${query}`);
  if (answer.status !== 200) return say(words.lost);
  queue = answer;
  fillChoice(byId("agency"), queue.agencies, byId("agency").value);
  fillChoice(byId("year"), queue.years, byId("year").value);
  fillChoice(byId("decider"), queue.deciders, byId("decider").value);
  showQueue();
};

// ---- The document

const say = (text, isGood = false) => {
  byId("notice").textContent = text;
  byId("notice").classList.toggle("good", isGood);
};

const fieldOfPath = (path) => shown.fields.find((field) => `/document/${field.name.replaceAll(".", "/")}` === path);

const itemsOf = (view) => [
  ...view.fields,
  ...view.checks.map((check) => {
    const fields = check.paths.map(fieldOfPath).filter(Boolean);
    const place = fields.find((field) => field.page) ?? { page: 0, box: null };
    return { check, name: "accepted_checks", head: words.check, value: check.text, doubtful: !check.accepted, page: place.page, box: place.box };
  }),
];

// From the one in hand onwards, then from the beginning.
const nextDoubt = (from) => {
  for (let i = 0; i < items.length; ++i) {
    const place = (from + i) % items.length;
    if (asks(items[place])) return place;
  }
  return -1;
};

const take = (view) => {
  shown = view;
  items = itemsOf(view);
};

const contradictionText = (one) => words.contradictions[one.kind](one.path, `${one.number}/${one.symbol}`, forPeople({ name: "date" }, one.date));

// Whether another has decided all of it since the queue was told.
const isSettled = (view) => !view.fields.some(asks) && (byId("kind").value === "sample" || view.checks.every((check) => check.accepted));

// `unsettled`: not where nothing is left to decide. Whether it is open.
const open = async (one, unsettled = false) => {
  if (!one) return finish();
  if (shown && shown.path !== one.path) ask("release", { path: shown.path });
  const answer = await ask("open", { path: one.path, first_page: one.first_page });
  if (answer.status === 423) {
    say(words.lent(answer.lent_to));
    return false;
  }
  if (answer.status !== 200) {
    say(answer.status ? words.refused(answer.error ?? "") : words.lost);
    return false;
  }
  if (unsettled && isSettled(answer)) {
    one.doubts = 0;
    if (one.path !== shown?.path) ask("release", { path: one.path });
    return false;
  }
  take(answer);
  byId("side").classList.remove("none");
  say([...shown.contradictions.map(contradictionText), ...shown.pages.filter((page) => page.unread).map((page) => words.unread_page(page.number))].join(". "));
  at = nextDoubt(0);
  if (at < 0) at = shown.contradictions.length > 0 ? items.findIndex((item) => item.name === "number") : 0;
  await show();
  return true;
};

// The next of the queue that nobody else has; whether there is one.
const openFromQueue = async () => {
  const documents = queue.documents, begin = placeInQueue() + 1;
  // What contradicts others is gone through once, doubtful or not.
  const walks = byId("kind").value === "collection";
  for (let i = 0; i < documents.length - (walks ? begin : 0); ++i) {
    const one = documents[(begin + i) % documents.length];
    if (one.path === shown?.path && one.first_page === shown?.first_page) continue;
    if ((walks || one.doubts > 0) && await open(one, !walks)) return true;
  }
  return false;
};
const openNext = async () => {
  if (await openFromQueue()) return;
  if (byId("kind").value === "collection") return finish();
  // A batch may have read more since, another may have given some back.
  await loadQueue();
  if (!await openFromQueue()) finish();
};

const finish = () => {
  if (shown) ask("release", { path: shown.path });
  shown = null;
  items = [];
  byId("in-hand").hidden = true;
  byId("fields").replaceChildren();
  byId("document-title").textContent = "";
  byId("picture").removeAttribute("src");
  byId("box").hidden = true;
  byId("side").classList.add("none");
  say(words.finished, true);
  showQueue();
};

const showFields = () => {
  byId("document-title").textContent = shown.path + (shown.first_page > 1 ? ` (${words.page(shown.first_page, shown.pages.length)})` : "");
  byId("fields").replaceChildren(...items.map((item, i) => {
    const row = make("tr", "", asks(item) ? "doubtful" : "");
    const head = make("th", headOf(item));
    head.scope = "row";
    const value = item.check ? item.check.in_words : forPeople(item, item.value);
    const cell = make("td", item.hidden ? "•••" : value || words.none, value ? "" : "none");
    if (item.source === "operator" || item.check?.accepted) cell.classList.add("done");
    row.append(head, cell);
    row.dataset.field = item.name;
    row.setAttribute("aria-current", String(i === at));
    row.addEventListener("click", () => move(i));
    return row;
  }));
};

const evidenceOf = (item) => {
  const out = (item.evidence ?? []).map((one) => {
    const text = `${words.evidence[one.kind] ?? one.kind}: ${forPeople({ name: /^\d{4}-\d\d-\d\d$/.test(one.text) ? "date" : "" }, one.text)} (${one.agrees ? words.agrees : words.against})`;
    return make("li", text, one.agrees ? "" : "against");
  });
  if (!item.check)
    for (const check of shown.checks)
      if (!check.accepted && check.paths.map(fieldOfPath).includes(item)) out.push(make("li", check.in_words, "against"));
  return out;
};

const showInHand = () => {
  const item = items[at];
  byId("in-hand").hidden = !item;
  if (!item) return;
  byId("field-head").textContent = headOf(item);
  const input = byId("value");
  input.value = item.check ? "" : forPeople(item, item.value);
  input.hidden = byId("value-label").hidden = Boolean(item.check) || !item.editable;
  byId("alternatives").replaceChildren(...(item.alternatives ?? []).slice(0, 9).map((one, i) => {
    const button = make("button");
    button.type = "button";
    button.append(make("kbd", String(i + 1)), ` ${forPeople(item, one.value)} `, make("small", `${Math.round(100 * one.confidence)} %`));
    button.addEventListener("click", () => decide("value", one.value));
    const entry = make("li");
    entry.append(button);
    return entry;
  }));
  const said = [];
  if (item.check) said.push(item.check.in_words);
  else if (item.source === "operator") said.push(words.decided, item.reading == null ? "" : words.was([].concat(item.reading).join("; ")));
  else if (item.hidden) said.push(words.hidden);
  else if (item.value == null) said.push(words.reasons[item.reason] ?? item.reason);
  else if (item.confidence != null) said.push(words.sure(Math.round(100 * item.confidence)));
  if (!item.check && item.raw && item.raw !== item.value && item.source !== "operator") said.push(words.raw(item.raw));
  byId("says").textContent = said.filter(Boolean).join(" ");
  byId("evidence").replaceChildren(...evidenceOf(item));
  byId("absent").hidden = Boolean(item.check) || !item.editable;
  byId("accept").hidden = !item.check && !item.editable;
  byId("accept").replaceChildren(item.check ? words.accept_check : words.accept, " ", make("kbd", "Enter"));
  byId("fields").children[at]?.scrollIntoView({ block: "nearest" });
};

// One picture, moved: a new one would have to be decoded again.
const showCrop = (url, page, item) => {
  const crop = byId("crop"), picture = byId("crop-picture"), isThere = Boolean(url && item?.box);
  crop.classList.toggle("none", !isThere);
  if (!isThere) return;
  const [left, top, width, height] = item.box;
  const margin = Math.max(6, height * 0.6), room = crop.getBoundingClientRect();
  const scale = Math.min(room.width / (width + 2 * margin), room.height / (height + 2 * margin), 6);
  if (picture.src !== url) picture.src = url;
  picture.style.width = `${page.width * scale}px`;
  picture.style.left = `${room.width / 2 - (left + width / 2) * scale}px`;
  picture.style.top = `${room.height / 2 - (top + height / 2) * scale}px`;
  crop.setAttribute("aria-label", words.crop(headOf(item)));
};

const place = (node, box, page) => {
  node.style.left = `${100 * box[0] / page.width}%`;
  node.style.top = `${100 * box[1] / page.height}%`;
  node.style.width = `${100 * box[2] / page.width}%`;
  node.style.height = `${100 * box[3] / page.height}%`;
};

const showPage = async () => {
  const document_ = shown, item = items[at], number = pageNumber;
  const page = shown.pages.find((one) => one.number === number) ?? shown.pages[0];
  byId("page-title").textContent = words.page(page.number, shown.pages.at(-1).number);
  const url = (await pictureOf(shown.path, page.number))?.src ?? "";
  if (shown !== document_ || items[at] !== item || pageNumber !== number) return;
  const picture = byId("picture");
  if (picture.src !== url) {
    if (url) picture.src = url; else picture.removeAttribute("src");
    picture.alt = words.picture(page.number);
  }
  byId("page").classList.toggle("whole", isWhole);
  const isHere = item?.box && item.page === page.number;
  const box = byId("box");
  box.hidden = !isHere;
  if (isHere) place(box, [item.box[0] - 2, item.box[1] - 2, item.box[2] + 4, item.box[3] + 4], page);
  for (const old of document.querySelectorAll(".word")) old.remove();
  if (marksRestored)
    byId("sheet").append(...page.restored.map((word) => {
      const node = make("div", "", "word");
      node.title = words.was_read(word.read, word.text);
      place(node, word.box, page);
      return node;
    }));
  showCrop(url, page, isHere ? item : null);
  if (url) await picture.decode().catch(() => {});
  // The page alone moves: on a small screen the field in hand stands above it and is to stay there.
  const view = byId("page");
  view.scrollTo(isHere ? box.offsetLeft + (box.offsetWidth - view.clientWidth) / 2 : 0,
    isHere ? box.offsetTop + (box.offsetHeight - view.clientHeight) / 2 : 0);
  // For who measures: the time from the key until page and crop are there.
  if (keyPressed) requestAnimationFrame(() => {
    document.body.dataset.ms = String(performance.now() - keyPressed);
    document.body.dataset.shown = String(Number(document.body.dataset.shown ?? 0) + 1);
  });
};

const show = async () => {
  pageNumber = items[at]?.page || shown.first_page;
  showFields();
  showInHand();
  showQueue();
  byId("value").blur();
  await showPage();
  fetchAhead();
};

const move = (to) => {
  if (!shown || to < 0 || to >= items.length) return;
  at = to;
  say("");
  return show();
};

// ---- Decisions

const refusal = (answer) => {
  if (answer.status === 0) return words.lost;
  if (answer.status === 423) return words.lent(answer.lent_to);
  if (answer.status === 409) return words.changed;
  const why = words.errors[answer.error] ?? answer.error ?? "";
  return words.refused(why + (answer.more ? ` (${answer.more})` : ""));
};

const afterDecision = async (view) => {
  paces.push(Math.min(120000, performance.now() - lastDecision));
  if (paces.length > 30) paces.shift();
  lastDecision = performance.now();
  const before = queue.documents[placeInQueue()];
  take(view);
  const left = items.filter(asks).length;
  if (before) {
    queue.doubts += left - before.doubts;
    if (before.doubts > 0 && left === 0) { queue.done += 1; queue.to_do -= 1; }
    before.doubts = left;
  }
  say("");
  const next = nextDoubt(at);
  if (next < 0) return openNext();
  at = next;
  await show();
};

const decide = async (kind, value = null) => {
  const item = items[at];
  if (busy || !shown || !item) return;
  if (item.check && kind !== "accept") return;
  if (!item.check && !item.editable) return;
  busy = true;
  const answer = await ask("decide", { path: shown.path, first_page: shown.first_page, version: shown.version, field: item.name, kind,
    value: item.check ? item.check.text : value });
  busy = false;
  if (answer.status === 200) return afterDecision(answer);
  if (answer.document) {
    take(answer.document);
    at = Math.min(at, items.length - 1);
    await show();
  }
  say(refusal(answer));
};

const undo = async () => {
  if (busy) return;
  busy = true;
  const answer = await ask("undo", {});
  busy = false;
  if (answer.status !== 200) return say(answer.status === 404 ? words.nothing_to_undo : refusal(answer));
  if (shown && shown.path !== answer.path) ask("release", { path: shown.path });
  take(answer);
  at = Math.max(0, items.findIndex((item) => item.name === answer.field));
  await loadQueue();
  say("");
  await show();
};

// What was typed, or that it is right as it stands.
const accept = () => {
  const item = items[at], typed = byId("value").value;
  if (!item) return;
  if (!item.hidden && (item.check || typed === forPeople(item, item.value))) return decide("accept");
  if (!typed.trim() && item.hidden) return say(words.hidden);
  return typed.trim() ? decide("value", typed) : decide("absent");
};

const turn = (by) => {
  const number = pageNumber + by;
  if (!shown?.pages.some((page) => page.number === number)) return;
  pageNumber = number;
  return showPage();
};

const press = (id, flag) => byId(id).setAttribute("aria-pressed", String(flag));
const toggleWhole = () => { isWhole = !isWhole; press("whole", isWhole); return shown && showPage(); };
const toggleRestored = () => { marksRestored = !marksRestored; press("restored", marksRestored); return shown && showPage(); };
const edit = () => { if (!byId("value").hidden) { byId("value").focus(); byId("value").select(); } };

// ---- Keys

const commands = {
  F1: () => byId("help").showModal(), F2: edit, F3: toggleWhole, F4: toggleRestored,
  PageUp: () => turn(-1), PageDown: () => turn(1), ArrowUp: () => move(at - 1), ArrowDown: () => move(at + 1),
};
const commandsOutside = {
  Enter: accept, n: () => decide("absent"), u: undo,
  ArrowLeft: () => open(queue.documents[Math.max(0, placeInQueue() - 1)]), ArrowRight: () => open(queue.documents[placeInQueue() + 1]),
};

const onKey = (event) => {
  // An input method has the key; 229 is all that some browsers say of it.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const input = byId("value"), inside = event.target === input;
  if (!inside && ["INPUT", "SELECT"].includes(event.target.tagName)) return;
  // Enter and the space bar press a button that has the focus.
  if (event.target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ")) return;
  keyPressed = performance.now();
  if (inside) {
    if (event.key === "Enter") { event.preventDefault(); return accept(); }
    if (event.key === "Escape") { input.value = forPeople(items[at], items[at]?.value); return input.blur(); }
  }
  const command = commands[event.key] ?? (inside ? undefined : commandsOutside[event.key]);
  if (command) { event.preventDefault(); return command(); }
  if (inside || !shown || event.key.length !== 1) return;
  const alternative = items[at]?.alternatives?.[Number(event.key) - 1];
  if (alternative && /^[1-9]$/.test(event.key)) { event.preventDefault(); return decide("value", alternative.value); }
  // The key itself becomes the first letter of what is typed.
  edit();
};

// ---- The beginning

const begin = async () => {
  byId("who-button").textContent = who;
  await loadQueue();
  if (queue.sampled > 0 && !byId("kind").value) {
    byId("kind").value = "sample";
    await loadQueue();
  }
  const first = queue.documents.find((one) => !one.lent_to || one.lent_to === who);
  if (first) await open(first);
  else finish();
};

const askWho = () => {
  byId("who").value = who;
  byId("who-dialog").showModal();
  byId("who").focus();
};
const takeWho = () => {
  const name = byId("who").value.trim();
  if (!name) return;
  who = name;
  localStorage.setItem("who", who);
  byId("who-dialog").close();
  begin();
};

document.documentElement.lang = language;
for (const node of document.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
const label = (id, text, key = "") => byId(id).replaceChildren(text, ...(key ? [" ", make("kbd", key)] : []));
label("absent", words.absent, "n");
label("undo", words.undo, "u");
label("page-before", words.before, "PgUp");
label("page-after", words.after, "PgDn");
label("whole", words.whole, "F3");
label("restored", words.restored, "F4");
byId("value-label").textContent = words.value;
byId("language").textContent = words.language;
byId("help-keys").append(...words.shortcuts.flatMap(([key, text]) => {
  const term = make("dt");
  term.append(make("kbd", key));
  return [term, make("dd", text)];
}));
const kinds = Object.keys(words.kinds).map((kind) => {
  const option = make("option", words.kinds[kind]);
  option.value = kind;
  return option;
});
byId("kind").replaceChildren(...kinds);
for (const id of ["agency", "year", "kind", "decider"])
  byId(id).addEventListener("change", async (event) => { event.target.blur(); await loadQueue(); await open(queue.documents[0]); });
byId("accept").addEventListener("click", accept);
byId("absent").addEventListener("click", () => decide("absent"));
byId("undo").addEventListener("click", undo);
byId("page-before").addEventListener("click", () => turn(-1));
byId("page-after").addEventListener("click", () => turn(1));
byId("whole").addEventListener("click", toggleWhole);
byId("restored").addEventListener("click", toggleRestored);
byId("help-button").addEventListener("click", commands.F1);
byId("help-done").addEventListener("click", () => byId("help").close());
byId("language").addEventListener("click", chooseOther);
byId("who-button").addEventListener("click", askWho);
byId("who-done").addEventListener("click", takeWho);
byId("who").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) takeWho(); });
byId("who-dialog").addEventListener("cancel", (event) => { if (!who) event.preventDefault(); });
document.addEventListener("keydown", onKey);
addEventListener("resize", () => shown && showPage());
// A loan ends by itself where the browser is gone.
setInterval(() => shown && ask("hold", { path: shown.path }), 30000);
if (who) begin();
else askWho();
