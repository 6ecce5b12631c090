import { useEffect, useRef } from "react";
import { safeFragment } from "../../lib/safe-html";
import { strings } from "./strings";
import styles from "./user-view.module.css";

/** What the user reads, as a chat window would show it. Links and pictures say where they lead and go nowhere. */
export function UserView({ html }: { html: string }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.replaceChildren(safeFragment(html, document));
  }, [html]);
  if (html.trim() === "") return <p className={styles.nothing}>{strings.nothingForUser}</p>;
  return <article ref={place} className={styles.page} aria-label={strings.userText} />;
}
