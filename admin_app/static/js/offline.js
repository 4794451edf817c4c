// Says in words when the network is gone, so that nobody presses 保存 in vain.
const notice = document.querySelector("[data-offline]");
const show = () => { notice.hidden = navigator.onLine; };
addEventListener("online", show);
addEventListener("offline", show);
show();
