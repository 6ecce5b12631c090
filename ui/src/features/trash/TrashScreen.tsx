// What was moved to the trash, and the way back.

import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { asWaymarkError, commands, type DraftSummary, keys, queries } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { kindWords } from "../../lib/kinds";
import { navigate, useRoute } from "../../lib/route";
import { formatWhen } from "../../lib/time";
import { Button } from "../../ui/Button";
import { KindIcon } from "../../ui/KindIcon";
import { Failure, Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";
import styles from "./trash.module.css";

export function TrashScreen() {
  const client = useQueryClient();
  const trash = useQuery(queries.trash());
  const route = useRoute();
  const meant = route.screen === "trash" ? route.id : undefined;
  const meantRow = useRef<HTMLLIElement>(null);
  const isThere = trash.data?.some(({ id }) => id === meant) ?? false;
  // The one that was looked for is where the person is.
  useEffect(() => {
    if (!isThere) return;
    meantRow.current?.scrollIntoView({ block: "center" });
    meantRow.current?.querySelector("button")?.focus();
  }, [isThere]);
  const restore = async ({ id, title }: DraftSummary) => {
    try {
      await commands.restoreDrafts([id]);
      const open = () => navigate({ screen: "editor", id, step: null });
      tell(strings.restored(title), { label: strings.open, run: open });
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await client.invalidateQueries({ queryKey: keys.drafts });
  };
  return (
    <Screen
      label={strings.title}
      status={trash.isPending ? <span>{strings.loading}</span> : null}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <span className={styles.total}>{trash.data && strings.total(trash.data.length)}</span>
        </>
      }
    >
      {trash.isError && <Failure error={asWaymarkError(trash.error)} onRetry={() => void trash.refetch()} />}
      {trash.data?.length === 0 && <Notice title={strings.emptyTitle} text={strings.emptyText} />}
      <ul className={styles.list}>
        {trash.data?.map((draft) => (
          <li
            key={draft.id}
            ref={draft.id === meant ? meantRow : null}
            className={classNames(styles.row, draft.id === meant && styles.meant)}
          >
            <KindIcon kind={draft.type} />
            <span className={styles.name}>
              <strong title={draft.title}>{draft.title}</strong>
              {kindWords[draft.type].label} · {strings.steps(draft.steps)} ·{" "}
              {strings.trashedAt(formatWhen(draft.trashed_at ?? 0, Date.now()))}
            </span>
            <Button icon={IconArrowBackUp} onClick={() => void restore(draft)}>
              {strings.restore}
            </Button>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
