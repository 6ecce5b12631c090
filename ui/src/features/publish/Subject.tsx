import { useQuery } from "@tanstack/react-query";
import { type Plan, queries } from "../../ipc";
import { hrefTo } from "../../lib/route";
import styles from "./publish.module.css";
import { strings } from "./strings";

/** What is published: the one, or how many. */
export function Subject({ ids, plan }: { ids: string[]; plan: Plan | undefined }) {
  const drafts = useQuery(queries.drafts()).data;
  const [only = "", ...others] = ids;
  if (others.length > 0) return <span className={styles.muted}>{strings.walkthroughs(ids.length)}</span>;
  const title = plan?.walkthroughs[0]?.title ?? drafts?.find(({ id }) => id === only)?.title;
  return (
    <a className={styles.subject} href={hrefTo({ screen: "editor", id: only, step: null })}>
      {title}
    </a>
  );
}
