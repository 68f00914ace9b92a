import type { ClusterState } from "../../api/types";
import type { Tone } from "../../components/Mark";

interface Words {
  name: string;
  tone: Tone;
  meaning: string;
}

export const CLUSTER_STATES: Record<ClusterState, Words> = {
  pending: {
    name: "waiting to join",
    tone: "warn",
    meaning: "Run the join command where the worker is installed.",
  },
  unconfirmed: {
    name: "confirm the fingerprint",
    tone: "warn",
    meaning: "It has joined. Compare the fingerprint before any work goes there.",
  },
  active: { name: "active", tone: "good", meaning: "Connected and taking work." },
  silent: {
    name: "silent",
    tone: "bad",
    meaning: "Nothing heard for a while. Annotation goes on there; new jobs wait.",
  },
  revoked: { name: "revoked", tone: "quiet", meaning: "May not connect any more." },
};
