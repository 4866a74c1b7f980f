//! How many requests may be tried again. Without a limit, servers that are slow because they have too much to do would get
//! twice as much.

use simulation::Time;

/// What a budget is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetRules {
    /// Retries for each hundred requests of the last ten seconds. Default 20, as in Finagle and Envoy.
    pub percent: u32,
    /// Retries a second that are free in any case, saved up for ten seconds. Default 10: a quiet balancer has no hundred
    /// requests to earn its first retry with.
    pub free_per_s: u32,
}

impl Default for BudgetRules {
    fn default() -> BudgetRules {
        BudgetRules {
            percent: 20,
            free_per_s: 10,
        }
    }
}

/// Seconds that requests and retries are remembered: Finagle's `RetryBudget`, as in tower's `TpsBudget`.
const SECONDS: u64 = 10;

/// In any ten seconds, at most `percent` of the requests in them and ten seconds' worth of free ones are tried again.
#[derive(Debug, Clone)]
pub struct Budget {
    rules: BudgetRules,
    /// What each of the last ten seconds has earned and spent, in hundredths of a retry.
    seconds: [i64; SECONDS as usize],
    /// The second that was last written.
    latest: u64,
    /// The sum of `seconds`.
    sum: i64,
}

impl Budget {
    /// A full one.
    pub fn new(rules: BudgetRules) -> Budget {
        Budget {
            rules,
            seconds: [0; SECONDS as usize],
            latest: 0,
            sum: 0,
        }
    }

    /// A request came.
    pub fn earn(&mut self, now: Time) {
        let percent = i64::from(self.rules.percent);
        *self.second(now) += percent;
        self.sum += percent;
    }

    /// Takes one retry out, if there is one.
    pub fn spend(&mut self, now: Time) -> bool {
        let free = i64::from(self.rules.free_per_s) * 100 * SECONDS as i64;
        self.second(now);
        if self.sum + free < 100 {
            return false;
        }
        *self.second(now) -= 100;
        self.sum -= 100;
        true
    }

    /// The slot of this second, after forgetting those that it follows.
    fn second(&mut self, now: Time) -> &mut i64 {
        let second = now.as_secs();
        let passed = second.saturating_sub(self.latest).min(SECONDS);
        for step in 1..=passed {
            let slot = &mut self.seconds[((self.latest + step) % SECONDS) as usize];
            self.sum -= *slot;
            *slot = 0;
        }
        // Another thread may have read the clock just before the second turned.
        self.latest = self.latest.max(second);
        if passed == SECONDS {
            self.seconds = [0; SECONDS as usize];
            self.sum = 0;
        }
        &mut self.seconds[(self.latest % SECONDS) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(budget: &mut Budget, now: Time) -> usize {
        (0..10_000).take_while(|_| budget.spend(now)).count()
    }

    #[test]
    fn a_quiet_balancer_has_ten_seconds_of_free_retries() {
        let mut budget = Budget::new(BudgetRules::default());
        assert_eq!(spent(&mut budget, Time::START), 100);
        assert_eq!(spent(&mut budget, Time::from_secs(9)), 0);
        assert_eq!(spent(&mut budget, Time::from_secs(10)), 100);
    }

    #[test]
    fn a_fifth_of_the_requests_may_be_tried_again() {
        let mut budget = Budget::new(BudgetRules {
            free_per_s: 0,
            ..BudgetRules::default()
        });
        assert_eq!(spent(&mut budget, Time::START), 0);
        (0..1_000).for_each(|_| budget.earn(Time::from_secs(3)));
        assert_eq!(spent(&mut budget, Time::from_secs(5)), 200);
        assert_eq!(spent(&mut budget, Time::from_secs(5)), 0);
    }

    #[test]
    fn requests_are_forgotten_after_ten_seconds() {
        let mut budget = Budget::new(BudgetRules {
            free_per_s: 0,
            ..BudgetRules::default()
        });
        (0..1_000).for_each(|_| budget.earn(Time::from_secs(3)));
        assert_eq!(spent(&mut budget.clone(), Time::from_secs(12)), 200);
        assert_eq!(spent(&mut budget.clone(), Time::from_secs(13)), 0);
        assert_eq!(spent(&mut budget, Time::from_secs(1_000)), 0);
    }
}
