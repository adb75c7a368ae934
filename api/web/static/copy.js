// A "Copy" button under each block of embed code; without it the text can still be selected.

for (const block of document.querySelectorAll(".copy")) {
  const text = block.querySelector("textarea");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    button.textContent = (await copied(text)) ? "Copied" : "Press Ctrl+C";
  });
  text.addEventListener("focus", () => text.select());
  block.append(button);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    text.select();
    return false;
  }
}
