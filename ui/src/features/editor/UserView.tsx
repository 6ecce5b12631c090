import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { keys, queries } from "../../ipc";
import { SafeHtml } from "../../lib/safe-html";
import { useEditor } from "./editor";
import { strings } from "./strings";
import styles from "./user-view.module.css";

/** A file beside the walkthrough, as a text names it. */
const beside = /^(?:\.\/)?files\/([^/?#]+)$/;

/** What the user reads, as a chat window would show it. Links say where they lead and go nowhere; of pictures only those are
 * shown that are beside the walkthrough. */
export function UserView({ html }: { html: string }) {
  const { id } = useEditor().walkthrough;
  const client = useQueryClient();
  const place = useRef<HTMLElement>(null);
  const view = useRef<SafeHtml | null>(null);
  useEffect(() => {
    if (!place.current) return;
    view.current ??= new SafeHtml(place.current, async (address) => {
      const name = beside.exec(address)?.[1];
      if (name === undefined) return null;
      const failed = client.getQueryState(keys.picture(id, name))?.status === "error";
      if (failed) client.removeQueries({ queryKey: keys.picture(id, name) });
      return client.fetchQuery(queries.picture(id, name)).catch(() => null);
    });
    view.current.show(html);
  }, [html, id, client]);
  const isEmpty = html.trim() === "";
  return (
    <>
      {isEmpty && <p className={styles.nothing}>{strings.nothingForUser}</p>}
      <article ref={place} className={styles.page} aria-label={strings.userText} hidden={isEmpty} />
    </>
  );
}
