"use strict";
// A terminal over a WebSocket: what is typed goes as bytes, a size as "columns rows".
const LEAST = 80;
const LARGEST = 16;
const SMALLEST = 8;
const desk = document.getElementById("desk");
const keys = document.getElementById("keys");
keys.hidden = !matchMedia("(pointer: coarse)").matches;

const term = new Terminal({
  fontFamily: '"DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  fontSize: LARGEST,
  scrollback: 0,
  macOptionIsMeta: true,
  theme: { background: "#101418" },
});
const fit = new FitAddon.FitAddon();
term.loadAddon(fit);
term.open(desk);

// Eighty columns are what the screens are drawn for: a narrow window gets smaller signs, and one
// that is narrower still is moved to and fro.
function measure() {
  let found;
  for (let size = LARGEST; size >= SMALLEST; size -= 0.5) {
    term.options.fontSize = size;
    found = fit.proposeDimensions();
    if (found && found.cols >= LEAST) break;
  }
  if (found && found.rows) term.resize(Math.max(found.cols, LEAST), Math.max(found.rows, 10));
}
measure();

const scheme = location.protocol === "https:" ? "wss:" : "ws:";
const line = new WebSocket(`${scheme}//${location.host}/line?size=${term.cols}%20${term.rows}`);
line.binaryType = "arraybuffer";
const encoder = new TextEncoder();
let said = document.body.dataset.lost;

// A paste may be longer than one message is allowed to be.
const PIECE = 16384;
function send(bytes) {
  if (line.readyState !== WebSocket.OPEN) return;
  for (let at = 0; at < bytes.length; at += PIECE) line.send(bytes.subarray(at, at + PIECE));
}
term.onData((text) => send(encoder.encode(text)));
term.onBinary((text) => send(Uint8Array.from(text, (sign) => sign.charCodeAt(0))));
term.onResize(({ cols, rows }) => {
  if (line.readyState === WebSocket.OPEN) line.send(`${cols} ${rows}`);
});
addEventListener("resize", measure);
for (const key of keys.querySelectorAll("button")) {
  key.addEventListener("click", () => {
    send(Uint8Array.from(key.dataset.key.split(" "), Number));
    term.focus();
  });
}

line.addEventListener("message", ({ data }) => {
  if (typeof data === "string") said = data;
  else term.write(new Uint8Array(data));
});
line.addEventListener("close", () => {
  document.getElementById("said").textContent = said;
  document.getElementById("end").showModal();
});
document.getElementById("again").addEventListener("click", () => location.reload());
line.addEventListener("open", () => term.focus());
