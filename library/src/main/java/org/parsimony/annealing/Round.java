package org.parsimony.annealing;

/**
 * One temperature of a search.
 *
 * @param number from 1
 * @param temperature in nats
 * @param cost mean loss in nats that the next move is compared with
 * @param bestCost least mean loss of all accepted masks so far, the start mask among them
 * @param moves evaluated
 * @param accepted of them
 */
public record Round(int number, double temperature, double cost, double bestCost, int moves, int accepted) {}
