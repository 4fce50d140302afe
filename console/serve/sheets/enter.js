"use strict";
// A link may carry the code behind #: that part is sent to no server and kept in no log.
function take() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) {
    document.getElementById("code").value = code;
    history.replaceState(null, "", location.pathname);
  }
}
take();
addEventListener("hashchange", take); // such a link opened where this page stands loads nothing
