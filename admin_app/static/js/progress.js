// Reloads the page of a running job every three seconds.
setTimeout(() => location.reload(), 3000);
