// The token goes on by itself; without scripts the button does the same.
document.getElementById("hop").requestSubmit();
