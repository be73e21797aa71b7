/**
 * Explore: replaces a picture by its Plotly figure, to zoom and to read off values.
 * Plotly is fetched only when somebody asks for it. The server's drawing stays the first view,
 * the printed one and the one without JavaScript.
 */

const WORDS = { open: "Explore", close: "Back to picture", wait: "Loading…" };
// The library adds the styles of its maps, which no figure of ours has and the page's policy
// refuses, unless an element of this id says that they are there. The id hashes those styles.
const MAP_STYLES = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";
// A figure may be shown in a little less room than it was made for.
const STRETCH = 1.1;
// Px above a narrow figure for the library's buttons, which would cover its first words.
const NARROW = 600;
const BUTTONS = 28;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let library;

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function holdBackMapStyles() {
  const none = document.createElement("style");
  none.id = MAP_STYLES;
  document.head.append(none);
}

/** Fetch Plotly once; a failed fetch may be tried again. */
function loadPlotly() {
  library ??= new Promise((resolve, reject) => {
    holdBackMapStyles();
    const script = document.createElement("script");
    script.src = document.body.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = undefined;
      script.remove();
      reject(new Error("Plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return library;
}

/** Fetch a picture's figure: the data that the server's drawing was made from. */
async function fetchFigure(address) {
  const reply = await fetch(address);
  if (!reply.ok) {
    throw new Error("The figure could not be loaded");
  }
  return reply.json();
}

/** Choose the figure for the room there is, in px: the widest that has it, else the narrowest. */
function fitting(figure, room) {
  const all = [figure, ...(figure.narrower ?? [])];
  return all.find((one) => one.layout.width <= room * STRETCH) ?? all.at(-1);
}

/** Copy a figure; each "var(--name)" becomes the page's colour of that name, light or dark. */
function coloured(part) {
  if (typeof part === "string") {
    return part.replace(/^var\((--[\w-]+)\)$/, (_whole, name) => token(name));
  }
  if (Array.isArray(part)) {
    return part.map(coloured);
  }
  if (part !== null && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, coloured(value)]));
  }
  return part;
}

function axis(own) {
  const lines = { gridcolor: token("--rule"), zerolinecolor: token("--rule-strong") };
  return { ...lines, linecolor: token("--rule-strong"), automargin: true, ...own };
}

/** The page's look under what the figure itself asks for. */
function laidOut(own = {}) {
  const axes = Object.keys(own).filter((key) => /^[xy]axis\d*$/.test(key));
  const names = new Set(["xaxis", "yaxis", ...axes]);
  const paper = { paper_bgcolor: token("--paper"), plot_bgcolor: token("--paper") };
  const font = { family: token("--face-text"), size: 14, color: token("--ink-2"), ...own.font };
  const margin = { t: 32, r: 24, b: 48, l: 56, ...own.margin };
  const more = own.width < NARROW ? BUTTONS : 0;
  margin.t += more;
  const dressed = [...names].map((name) => [name, axis(own[name])]);
  // As high as it was made: what stands above and below the axes does not stretch with them.
  const size = { autosize: true, width: undefined, height: own.height && own.height + more };
  return { ...paper, ...own, ...size, font, margin, ...Object.fromEntries(dressed) };
}

/** One picture with its button. */
class Picture {
  constructor(button) {
    const root = document.getElementById(button.dataset.explore);
    this.still = root.querySelector("[data-still]");
    this.live = root.querySelector("[data-live]");
    this.said = root.querySelector("[data-said]");
    this.address = button.dataset.figure;
    this.words = button.querySelector("[data-words]");
    this.isOpen = false;
    button.hidden = false;
    button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    dark.addEventListener("change", () => this.isOpen && this.draw());
  }

  async open() {
    this.isOpen = true;
    this.words.textContent = WORDS.wait;
    try {
      [this.plotly, this.figure] = await Promise.all([loadPlotly(), fetchFigure(this.address)]);
      this.show(true);
      await this.draw();
      this.say("The picture can now be zoomed and read off.");
    } catch {
      this.close();
      this.say("The picture could not be opened. Try again when you are online.");
    }
  }

  close() {
    this.isOpen = false;
    this.plotly?.purge(this.live);
    this.show(false);
    this.say("The picture is back.");
  }

  async draw() {
    const figure = coloured(fitting(this.figure, this.live.clientWidth));
    await this.plotly.react(this.live, figure.data, laidOut(figure.layout), {
      displaylogo: false,
      displayModeBar: true,
      // The library would offer to send the figure to its makers.
      showSendToCloud: false,
      modeBarButtonsToRemove: ["lasso2d", "select2d"],
      responsive: true,
    });
  }

  show(isLive) {
    this.still.hidden = isLive;
    this.live.hidden = !isLive;
    this.words.textContent = isLive ? WORDS.close : WORDS.open;
  }

  say(text) {
    this.said.textContent = text;
  }
}

for (const button of document.querySelectorAll("[data-explore]")) {
  new Picture(button);
}
