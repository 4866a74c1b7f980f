//! The whole lab in one process: servers, balancer, a gentle load, the dashboard.
