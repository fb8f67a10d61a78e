export * from '../codes/kinds';
export { CODES, COMPONENT_TOKEN_REFUSED, TOKEN_REFUSED } from '../codes/catalogue';
