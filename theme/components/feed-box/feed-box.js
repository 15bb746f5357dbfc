// Feed box: enables the button that copies the address. Without the script a reader selects the address by hand.
const address = document.querySelector(".feed-box__address");
const status = document.querySelector(".feed-box__status");
const button = document.querySelector(".feed-box button");
button.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(address.textContent);
    status.textContent = "Copied. Now paste it into your app.";
  } catch {
    // Some browsers give no access to the clipboard.
    getSelection().selectAllChildren(address);
    status.textContent = "The address is selected. Now copy it.";
  }
});
button.disabled = false;
