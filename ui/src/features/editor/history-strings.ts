// The words around moments of a walkthrough, as the editor says them.

export const strings = {
  cancel: "Cancel",
  history: "History",
  showHistory: "History of the walkthrough",
  showStepHistory: "History of this step",
  snapshot: "Keep a snapshot",
  snapshotAbout: "Everything is saved as you type. A snapshot is a moment to come back to.",
  snapshotName: "Name",
  snapshotPlaceholder: "Optional, such as “Before the review”",
  snapshotKeep: "Keep it",
  snapshotKept: (name: string | null) => (name === null ? "Kept in the history." : `Kept as “${name}”.`),
};
