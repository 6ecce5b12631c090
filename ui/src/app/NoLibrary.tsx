import { useState } from "react";
import { asWaymarkError, type StartProblem } from "../ipc";
import { Failure } from "../ui/Notice";
import { Screen } from "../ui/Screen";
import { DamagedLibrary } from "./DamagedLibrary";
import { strings } from "./strings";

/** There is no library to work with: why, where, and another try. */
export function NoLibrary({ problem }: { problem: StartProblem }) {
  const [error, setError] = useState(() => asWaymarkError(problem.error));
  const retry = async () => {
    try {
      if (await problem.retry()) location.reload();
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  const status = strings.libraryFolder(problem.folder);
  return (
    <Screen header={null} hasNavigation={false} label={error.message} status={status}>
      {error.code === "library_damaged" ? (
        <DamagedLibrary error={error} onRetry={() => void retry()} onDone={() => location.reload()} />
      ) : (
        <Failure error={error} onRetry={() => void retry()} />
      )}
    </Screen>
  );
}
