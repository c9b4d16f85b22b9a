mod corpus;
mod reference;
