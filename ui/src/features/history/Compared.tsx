// One moment beside the draft, or beside another moment.

import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import {
  asWaymarkError,
  type CompareVersions,
  type Comparison,
  queries,
  type RestorePart,
  type RevisionId,
  type RevisionSummary,
} from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { DiffTools } from "../../ui/DiffTools";
import { Failure } from "../../ui/Notice";
import { SelectField } from "../../ui/SelectField";
import { ComparisonView } from "./ComparisonView";
import styles from "./comparison.module.css";
import { titleOf } from "./moments";
import { strings } from "./strings";
import { useRestore } from "./use-restore";

type ComparedProps = {
  id: string;
  step: string | null;
  moments: readonly RevisionSummary[];
  chosen: RevisionSummary;
  other: RevisionId | null;
};

export function Compared({ id, step, moments, chosen, other }: ComparedProps) {
  const beside = moments.find((moment) => moment.id === other) ?? null;
  // Two moments are compared in the order of time.
  const [before, after] = beside && beside.number < chosen.number ? [beside, chosen] : [chosen, beside];
  // In the history of one step nothing else is shown.
  const input: CompareVersions = {
    walkthrough: id,
    before: { revision: before.id },
    after: after ? { revision: after.id } : "draft",
    step,
  };
  const comparison = useQuery(queries.comparison(input));
  const restore = useRestore();
  const bring = (part: RestorePart) => void restore({ walkthrough: id, revision: chosen.id, part });
  const onRestore = beside ? null : bring;
  const isDifferent = comparison.data !== undefined && countOf(comparison.data) > 0;
  return (
    <>
      <div className={styles.head}>
        <div className={styles.what}>
          <h2 className={styles.heading} title={titleOf(chosen)}>
            {titleOf(chosen)}
          </h2>
          <p className={styles.when}>
            {strings.at(chosen.at)}
            {isDifferent && ` · ${strings.differences(countOf(comparison.data), beside === null)}`}
          </p>
        </div>
        <SelectField
          label={strings.compareWith}
          value={beside?.id ?? ""}
          choices={[
            { value: "", label: strings.theDraft },
            ...moments
              .filter((moment) => moment.id !== chosen.id)
              .map((moment) => ({ value: moment.id, label: strings.revision(moment.number, titleOf(moment)) })),
          ]}
          onChoose={(value) =>
            navigate(
              { screen: "history", id, step, revision: chosen.id, ...(value ? { other: value } : {}) },
              "replace",
            )
          }
        />
        {onRestore && (
          <Button
            variant="primary"
            icon={IconArrowBackUp}
            disabled={!isDifferent}
            onClick={() => onRestore({ part: "all" })}
          >
            {strings.restoreAll}
          </Button>
        )}
      </div>
      <DiffTools />
      {comparison.isError ? (
        <Failure error={asWaymarkError(comparison.error)} onRetry={() => void comparison.refetch()} />
      ) : comparison.data ? (
        <ComparisonView input={input} comparison={comparison.data} onRestore={onRestore} />
      ) : (
        <p className={styles.quiet} aria-busy="true">
          {strings.comparing}
        </p>
      )}
    </>
  );
}

const countOf = ({ details, steps, assignments }: Comparison) => details.length + steps.length + assignments.length;
