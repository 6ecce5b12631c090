import { useEffect } from "react";

/** Escape leaves a screen, where nothing that is open (a menu, a dialog) wants it for itself. */
export function useEscape(leave: () => void, isFree: boolean): void {
  useEffect(() => {
    if (!isFree) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) leave();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
