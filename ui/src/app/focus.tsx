// Where the focus is: never lost when a screen goes, and able to go round the parts of the window.

import { useEffect, useRef } from "react";
import styles from "./focus.module.css";
import { strings } from "./strings";

/** The first stop for Tab: past everything that is the same on every screen. */
export function SkipLink() {
  return (
    <button type="button" className={styles.skip} onClick={() => focusPane(document.querySelector("main"))}>
      {strings.skip}
    </button>
  );
}

/** Whoever went to another screen is at its content, where the link that led there is gone. */
export function useFocusOnArrival(screen: string): void {
  const before = useRef(screen);
  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.querySelector("main")?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(timer);
  }, [screen]);
}

/**
 * Panes mark themselves with `data-pane`; where there are none, the main parts of the screen are the panes. Messages in the
 * corner are the last, while there are any.
 */
export function goToPane(by: 1 | -1): void {
  const marked = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  const parts = [
    ...document.querySelectorAll<HTMLElement>(marked.length > 0 ? "header" : "header, nav[aria-label], main"),
  ];
  const outer = parts.filter((part) => !parts.some((other) => other !== part && other.contains(part)));
  const messages = document.querySelectorAll<HTMLElement>("[data-notifications]:has(button)");
  const panes = [...outer, ...marked, ...messages];
  const index = panes.findIndex((pane) => pane.contains(document.activeElement));
  const from = index < 0 && by < 0 ? 0 : index;
  focusPane(panes[(from + by + panes.length) % panes.length] ?? null);
}

const inside =
  ".cm-content, a[href], button:not(:disabled), input:not([type='hidden']), textarea, select, [tabindex='0']:not([role='separator'])";

function focusPane(pane: HTMLElement | null): void {
  const target =
    pane?.querySelector<HTMLElement>("[data-pane-focus]") ?? pane?.querySelector<HTMLElement>(inside) ?? pane;
  target?.focus();
}
