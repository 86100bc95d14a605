// Two published rating rules: the FCO's bands (2004) and the CSR 2007 shares.

export function fcoBand(share) {
  return (share >= 0.25 ? 1 : 0) + (share >= 0.5 ? 1 : 0) + (share >= 0.75 ? 1 : 0)
    + (share >= 1 ? 1 : 0);
}

export function csr07Band(share) {
  return (share > 0 ? 1 : 0) + (share > 0.5 ? 1 : 0);
}
