import { useEffect, useRef } from "react";
import { classNames } from "../lib/class-names";
import { type Pictures, SafeHtml } from "../lib/safe-html";
import styles from "./user-text.module.css";

type UserTextProps = {
  label: string;
  html: string;
  /** What stands where there is no text. */
  nothing: string;
  /** Gives a picture that is beside the walkthrough. */
  pictures: Pictures;
  /** Among other things rather than on a page of its own. */
  isPlain?: boolean;
};

/** What the user reads, as a chat window would show it. Links say where they lead and go nowhere; of pictures only those are
 * shown that are beside the walkthrough. */
export function UserText({ label, html, nothing, pictures, isPlain = false }: UserTextProps) {
  const place = useRef<HTMLElement>(null);
  const view = useRef<SafeHtml | null>(null);
  const given = useRef(pictures);
  given.current = pictures;
  useEffect(() => {
    if (!place.current) return;
    view.current ??= new SafeHtml(place.current, (address) => given.current(address));
    view.current.show(html);
  }, [html]);
  const isEmpty = html.trim() === "";
  return (
    <>
      {isEmpty && <p className={styles.nothing}>{nothing}</p>}
      <article
        ref={place}
        className={classNames(styles.page, isPlain && styles.plain)}
        aria-label={label}
        hidden={isEmpty}
      />
    </>
  );
}
