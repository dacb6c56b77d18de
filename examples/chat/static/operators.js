// SPDX-License-Identifier: Apache-2.0
/** Decisions with their waterfalls, bookings and appeals. Never for a sender's screen. */

const SVG = "http://www.w3.org/2000/svg";
const at = (id) => document.getElementById(id);

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const bits = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);

function portrait(profile, pictures, boxes, heading) {
  const url = pictures[profile.account];
  const picture = made("div", { class: "picture" }, url ? made("img", { src: url, alt: heading }) : made("span", { class: "none" }));
  const outlines = boxes.map(([left, top, right, bottom]) => drawn("rect", { x: left * 100 + 1, y: top * 100 + 1, width: (right - left) * 100 - 2, height: (bottom - top) * 100 - 2 }));
  picture.append(drawn("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" }, ...outlines));
  return made("figure", {}, made("figcaption", { class: "quiet" }, heading), picture, made("bdi", {}, profile.display_name), made("span", { class: "quiet" }, profile.account));
}

function waterfall(table) {
  const points = [0, table.prior, ...table.rows.map((row) => row.after)];
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const scale = (value) => ((value - low) / (high - low || 1)) * 100;
  const bar = (from, to) =>
    drawn("svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none", class: "bits", "aria-hidden": "true" },
      drawn("line", { x1: scale(0), x2: scale(0), y1: 0, y2: 4 }),
      drawn("rect", { class: to > from ? "against" : "for", x: Math.min(scale(from), scale(to)), y: 0.6, width: Math.max(0.4, Math.abs(scale(to) - scale(from))), height: 2.8 }));
  const line = (name, value, after, from) => made("tr", {}, made("th", { scope: "row" }, name), made("td", { class: "number" }, bits(value)), made("td", { class: "number" }, bits(after)), made("td", { class: "bar" }, bar(from, after)));
  return made(
    "table",
    {},
    made("caption", {}, table.hypothesis + (table.imitates ? ` of ${table.imitates}` : "") + ` · probability ${table.probability.toFixed(4)}`),
    made("thead", {}, made("tr", {}, made("th", { scope: "col" }, "evidence"), made("th", { scope: "col", class: "number" }, "bits"), made("th", { scope: "col", class: "number" }, "sum"), made("th", { scope: "col" }, "safer ← → more suspicious"))),
    made("tbody", {}, line("before any evidence", table.prior, table.prior, 0), ...table.rows.map((row) => line(row.reason, row.bits, row.after, row.before))),
  );
}

function article(one) {
  const { pictures } = one;
  const [first, ...others] = one.waterfall;
  const { recipient, imitated, regions } = one.comparison;
  const facts = one.findings.filter((finding) => finding.at_least !== "proceed").map((finding) => `${finding.reason}: at least ${finding.at_least}`);
  return made(
    "article",
    {},
    made("header", {}, made("span", { class: `outcome ${one.outcome}` }, one.outcome), made("b", {}, `p = ${one.probability.toFixed(4)}`), made("span", { class: "quiet" }, `${one.transfer_id} · ${one.transfer.sender} → ${one.transfer.recipient} · ${one.at.slice(0, 19)}Z`)),
    facts.length ? made("p", {}, facts.join("; ")) : null,
    made(
      "div",
      { class: "columns" },
      made("div", { class: "pair" }, portrait(recipient, pictures, regions.map((region) => region.recipient), "recipient"), imitated ? portrait(imitated, pictures, regions.map((region) => region.imitated), "imitates") : null),
      made("div", {}, waterfall(first), others.length ? made("details", {}, made("summary", {}, `${others.length} more`), ...others.map(waterfall)) : null),
    ),
  );
}

async function refresh() {
  const state = await (await fetch("/api/decisions")).json();
  at("decisions").replaceChildren(...state.decisions.map(article));
  if (!state.decisions.length) at("decisions").append(made("p", { class: "quiet" }, "None yet. Open a chat and press Transfer."));
  at("bookings").replaceChildren(...state.bookings.map((one) => made("tr", {}, ...[one.transfer, one.sender, one.recipient].map((text) => made("td", {}, text)), made("td", { class: "number" }, `${one.currency} ${(one.minor / 100).toFixed(2)}`), made("td", {}, one.receipt.slice(0, 8)))));
  at("appeals").replaceChildren(...state.appeals.map((one) => made("li", {}, `${one.decision}: `, made("bdi", {}, one.text || "(no words)"))));
  if (!state.appeals.length) at("appeals").append(made("li", { class: "quiet" }, "none"));
}

at("forge").addEventListener("click", async () => {
  const response = await fetch("/api/ledger", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token: "e30.e30.e30" }) });
  at("forged").textContent = response.ok ? "booked" : `refused: ${(await response.json()).refused}`;
});
const events = new EventSource("/api/as/operators/events");
for (const what of ["changed", "profile", "later"]) events.addEventListener(what, refresh);
await refresh();
document.documentElement.dataset.ready = "1";
