import { useEffect, useRef } from "react";
import { SafeHtml } from "../../lib/safe-html";
import { strings } from "./strings";
import styles from "./user-view.module.css";

/** What the user reads, as a chat window would show it. Links and pictures say where they lead and go nowhere. */
export function UserView({ html }: { html: string }) {
  const place = useRef<HTMLElement>(null);
  const view = useRef<SafeHtml | null>(null);
  useEffect(() => {
    if (!place.current) return;
    view.current ??= new SafeHtml(place.current);
    view.current.show(html);
  }, [html]);
  const isEmpty = html.trim() === "";
  return (
    <>
      {isEmpty && <p className={styles.nothing}>{strings.nothingForUser}</p>}
      <article ref={place} className={styles.page} aria-label={strings.userText} hidden={isEmpty} />
    </>
  );
}
