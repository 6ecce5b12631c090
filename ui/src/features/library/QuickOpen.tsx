// From everywhere to any walkthrough or step, by a few letters.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { queries } from "../../ipc";
import { navigate } from "../../lib/route";
import { KindIcon } from "../../ui/KindIcon";
import { ListDialog } from "../../ui/ListDialog";
import { Marked } from "../../ui/Marked";
import { targets } from "./quick-open";
import styles from "./quick-open.module.css";
import { strings } from "./strings";
import { useSearch } from "./use-search";

export function QuickOpen({ onClose }: { onClose: () => void }) {
  const drafts = useQuery(queries.drafts()).data;
  const [letters, setLetters] = useState("");
  const { found } = useSearch(letters.trim() && `in:title ${letters}`, 8);
  const offered = useMemo(() => targets(letters, drafts ?? [], found), [letters, drafts, found]);
  const items = offered.map(({ key, text, marks, below, type }) => ({
    key,
    content: (
      <>
        <span className={styles.kind}>
          <KindIcon kind={type} />
        </span>
        <span className={styles.text}>
          <Marked text={text} marks={marks} />
        </span>
        <span className={styles.below}>{below}</span>
      </>
    ),
  }));
  return (
    <ListDialog
      title={strings.quickOpen}
      searchLabel={strings.quickSearch}
      width={640}
      typed={letters}
      onType={setLetters}
      items={items}
      onChoose={(index) => {
        const target = offered[index];
        if (target) navigate(target.route);
      }}
      nothing={drafts ? strings.quickNothing : null}
      onClose={onClose}
    />
  );
}
