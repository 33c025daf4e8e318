### What several surfaces share.

button-save = Save
button-close = Close
button-cancel = Cancel
