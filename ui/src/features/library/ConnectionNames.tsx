import { useQuery } from "@tanstack/react-query";
import { queries } from "../../ipc";

/** Where walkthroughs can be published to, by name. */
export function ConnectionNames() {
  const { data } = useQuery(queries.connections());
  return data && data.length > 0 ? <span>{data.map(({ name }) => name).join(" · ")}</span> : null;
}
