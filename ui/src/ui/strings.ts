export const strings = {
  close: "Close",
  dismiss: "Dismiss",
  copy: "Copy",
  copied: "Copied",
  retry: "Try again",
  notifications: "Notifications",
  resize: (pane: string) => `Width of ${pane}`,
};
