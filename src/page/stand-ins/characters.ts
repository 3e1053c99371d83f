/** Stands in for uc.micro: browsers know the classes of Unicode themselves. */
export const P = /\p{P}/u;
export const S = /\p{S}/u;
