// Draws an address to pass on, with a button that copies it.
export default function ({ data: [data], parentElement }) {
  const root = parentElement.querySelector(".root");
  const { address, words } = data;
  const button = make("button", "copying", words.copy_address);
  button.onclick = async () => {
    await toClipboard(address);
    button.textContent = `✓ ${words.copied}`;
    setTimeout(() => { button.textContent = words.copy_address; }, 2000);
  };
  root.replaceChildren(make("div", "address", address), button);
}
