/**
 * Pruning as three choices that methods share: how important a weight is ({@link org.parsimony.pruning.Importance}), what
 * is removed ({@link org.parsimony.pruning.Removal}) and how much where ({@link org.parsimony.pruning.Scope}, {@link
 * org.parsimony.pruning.Schedule}). {@link org.parsimony.pruning.Pruning} puts them together as the steps {@code magnitude},
 * {@code random}, {@code gradient} and {@code hessian}: what every pruning is compared with. After LeCun, Denker and Solla
 * (1990), Han and others (2015), Zhu and Gupta (2017), Lee and others (2019).
 */
package org.parsimony.pruning;
