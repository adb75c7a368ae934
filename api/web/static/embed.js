// <rejoinder-claim src="https://host/claims/ID" depth="2" theme="auto">: a claim in a frame that finds its own height.

const PATH = /\/(?:(?:embed\/)?claims|claim|move)\/([0-9a-f]{8,32})\/?$/;
const HIGHEST = 20000;

class RejoinderClaim extends HTMLElement {
  static observedAttributes = ["src", "depth", "theme"];

  // The frame stands in a shadow tree: what the page has put within the element stays its own, whatever framework wrote it.
  #within = this.attachShadow({ mode: "open" });
  #given = document.createElement("slot");
  #frame = null;
  #hear = (event) => this.#resize(event);

  connectedCallback() {
    window.addEventListener("message", this.#hear);
    this.#show();
  }

  disconnectedCallback() {
    window.removeEventListener("message", this.#hear);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  #show() {
    const address = embedAddress(this.getAttribute("src"), this.getAttribute("depth"), this.getAttribute("theme"));
    if (!address) {
      this.#frame = null;
      this.#within.replaceChildren(this.#given);
      return;
    }
    if (!this.#frame) {
      this.#frame = document.createElement("iframe");
      this.#frame.loading = "lazy";
      this.#frame.height = "240";
      // Properties, not a style attribute: a page with a strict policy may embed too.
      Object.assign(this.#frame.style, { display: "block", width: "100%", border: "0" });
      this.style.display = "block";
      this.#within.replaceChildren(this.#frame);
    }
    this.#frame.title = this.title || this.textContent.trim() || "A claim and its objections";
    if (this.#frame.src !== address.href) this.#frame.src = address.href;
  }

  #resize(event) {
    if (!this.#frame || event.source !== this.#frame.contentWindow) return;
    if (event.origin !== new URL(this.#frame.src).origin) return;
    const { type, height } = event.data ?? {};
    if (type !== "rejoinder:height" || !Number.isInteger(height) || height < 0) return;
    this.#frame.height = String(Math.min(height, HIGHEST));
  }
}

// The address of the embed that a claim's page, IRI or embed has, or null for anything else.
function embedAddress(src, depth, theme) {
  let address;
  try {
    address = new URL(src ?? "", document.baseURI);
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(address.protocol) || !PATH.test(address.pathname)) return null;
  address.pathname = address.pathname.replace(PATH, "/embed/claims/$1");
  if (depth) address.searchParams.set("depth", depth);
  if (theme) address.searchParams.set("theme", theme);
  return address;
}

if (!customElements.get("rejoinder-claim")) customElements.define("rejoinder-claim", RejoinderClaim);
